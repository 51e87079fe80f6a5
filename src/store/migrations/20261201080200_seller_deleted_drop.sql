-- Closed queues say it: nothing looks for deleted sellers any more.
DROP INDEX seller_deleted_idx;
