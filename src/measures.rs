//! Every metric, declared in one place: name, kind, labels and meaning. The code that does a thing
//! counts it, in one line:
//!
//! ```ignore
//! metrics::counter!(measures::SET_ASIDE, "kind" => kind).increment(1);
//! ```
//!
//! No label identifies an organization, seller or record: their number is unlimited, and their
//! names are personal. `telemetry/README.md` explains how to use each metric.

/// The kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// Only increases.
    Counter,
    /// Increases and decreases.
    Gauge,
    /// A distribution of durations, in seconds.
    Seconds,
    /// A distribution of sizes.
    Items,
}

/// One declared measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its name in Prometheus.
    pub name: &'static str,
    /// The kind of number.
    pub kind: MeasureKind,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// Its meaning, in one sentence.
    pub meaning: &'static str,
}

macro_rules! measures {
    ($($constant:ident = $kind:ident $name:literal [$($label:literal),*] $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $constant: &str = $name;)*

        /// Every measure.
        pub const ALL: &[Measure] = &[
            $(Measure { name: $name, kind: MeasureKind::$kind, labels: &[$($label),*], meaning: $meaning },)*
        ];
    };
}

measures! {
    CALLS = Counter "upnext_calls_total" ["method", "code"]
        "Calls answered; for streams, calls opened.";
    CALL_DURATION = Seconds "upnext_call_duration_seconds" ["method"]
        "From the arrival of a call to its answer; for streams, to their opening.";
    ERRORS = Counter "upnext_errors_total" ["reason"]
        "Failures reported to callers, including those of single batch items.";

    STREAMS = Gauge "upnext_streams_open" [] "Streams open now.";
    STREAM_OPENINGS = Counter "upnext_stream_openings_total" ["how"]
        "First messages of streams: started anew, resumed by token, or reset because something changed.";
    STREAM_RESETS = Counter "upnext_stream_resets_total" []
        "Snapshots that replaced an open stream's list.";
    STREAM_MESSAGES = Counter "upnext_stream_messages_total" [] "Messages sent on streams.";
    FEED_READ_DURATION = Seconds "upnext_feed_read_duration_seconds" []
        "Duration of reading all changed queues, in one statement.";
    FEED_READ_QUEUES = Items "upnext_feed_read_queues" [] "Queues in one such read.";

    BATCH_ITEMS = Items "upnext_batch_items" ["verb"]
        "Calls of one kind written in one transaction.";
    BATCH_DURATION = Seconds "upnext_batch_duration_seconds" ["verb"]
        "Duration of such a transaction, including its commit.";
    BATCH_RETRIES = Counter "upnext_batch_retries_total" ["verb"]
        "Batches run again after a conflict with another transaction.";
    BATCH_HALVINGS = Counter "upnext_batch_halvings_total" ["verb"]
        "Batches that failed and were split in halves.";
    BATCH_HELD = Counter "upnext_batch_held_items_total" ["verb"]
        "Items that waited for locks in a separate batch.";

    TIMER_LATENESS = Seconds "upnext_timer_lateness_seconds" []
        "How long after its due time a timer fired.";
    TIMER_LAG = Gauge "upnext_timer_lag_seconds" [] "How long the most overdue timer has been due.";
    SWEEP_TIMERS = Items "upnext_sweep_timers" [] "Timers fired in one transaction.";
    SWEEP_DURATION = Seconds "upnext_sweep_duration_seconds" []
        "Duration of such a transaction, including its commit.";

    ROUTED_CHANGES = Counter "upnext_routed_changes_total" [] "Record changes routed.";
    ROUTING_CHANGES = Items "upnext_routing_batch_changes" []
        "Record changes routed in one transaction.";
    ROUTING_DURATION = Seconds "upnext_routing_batch_duration_seconds" []
        "Duration of such a transaction, including its commit.";
    OPERATION_RECORDS = Counter "upnext_operation_records_total" []
        "Records that operations processed.";
    SET_ASIDE = Counter "upnext_set_aside_total" ["kind"]
        "Items that failed again and again while others succeeded, and were set aside.";

    WEBHOOK_ATTEMPTS = Counter "upnext_webhook_attempts_total" ["outcome"]
        "Attempts to send an event to a webhook: arrived or failed.";

    LOOP_TICKS = Counter "upnext_loop_ticks_total" ["loop", "outcome"]
        "Ticks of the loops: worked, idle or failed.";
    LOOP_TICK_DURATION = Seconds "upnext_loop_tick_duration_seconds" ["loop"] "Duration of a tick.";

    DOORBELL_RINGS = Counter "upnext_doorbell_rings_total" [] "Rings sent to other servers.";
    DOORBELL_HEARD = Counter "upnext_doorbell_heard_total" [] "Rings received from other servers.";
    DOORBELL_CONNECTIONS = Counter "upnext_doorbell_connections_total" []
        "Connections made to receive rings, including the first.";

    DATABASE_UP = Gauge "upnext_database_up" [] "Whether the database answers: 1 or 0.";
    LONGEST_WAIT = Gauge "upnext_database_longest_wait_seconds" []
        "How long the call or loop that waits longest for the database has had no answer.";
    REPLICA_READS = Counter "upnext_replica_reads_total" ["outcome"]
        "Surveys for the replica: served there, or by the database because it was behind or failed.";
    CLOCK_DRIFT = Gauge "upnext_clock_drift_seconds" []
        "How far the server's clock was from the database's at the last reading, or how long it still stands still.";
    POOL_CONNECTIONS = Gauge "upnext_pool_connections" ["pool", "state"]
        "Database connections, idle and used.";
    POOL_LIMIT = Gauge "upnext_pool_connections_limit" ["pool"] "The most database connections.";
    POOL_WAITING = Gauge "upnext_pool_waiting" ["pool"]
        "Callers waiting for a database connection now.";
    POOL_ACQUIRE = Seconds "upnext_pool_acquire_seconds" ["pool"]
        "Time spent waiting for a database connection, including the start of its transaction.";

    ACTIVITIES = Gauge "upnext_activities" ["state"]
        "Open activities in all queues, due and snoozed.";
    TIMERS_WAITING = Gauge "upnext_timers_waiting" [] "Timers set, approximately.";
    CHANGES_WAITING = Gauge "upnext_record_changes_waiting" []
        "Record changes waiting for routing, approximately.";
    CHANGES_OLDEST = Gauge "upnext_record_change_oldest_seconds" []
        "The age of the oldest waiting record change.";
    OPERATIONS_RUNNING = Gauge "upnext_operations_running" [] "Operations in progress.";

    BUILD_INFO = Gauge "upnext_build_info" ["version"]
        "Always 1, labelled with the running version.";
    PROCESS_MEMORY = Gauge "process_resident_memory_bytes" [] "Memory of the process.";
    PROCESS_CPU = Counter "process_cpu_seconds_total" []
        "Processor time of the process, in whole seconds.";
    PROCESS_OPEN_FILES = Gauge "process_open_fds" [] "Open file descriptors.";
    PROCESS_MOST_FILES = Gauge "process_max_fds" []
        "The most file descriptors that the process may open.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_follow_the_conventions_and_are_unique() {
        let names: BTreeSet<_> = ALL.iter().map(|measure| measure.name).collect();
        assert_eq!(names.len(), ALL.len());
        for Measure { name, kind, .. } in ALL {
            assert_eq!(*kind == MeasureKind::Counter, name.ends_with("_total"), "{name}");
            assert!(*kind != MeasureKind::Seconds || name.ends_with("_seconds"), "{name}");
            assert!(name.starts_with("upnext_") || name.starts_with("process_"), "{name}");
        }
    }

    #[test]
    fn no_label_names_anybody() {
        let known = [
            "method", "code", "reason", "how", "verb", "kind", "loop", "outcome", "pool", "state", "version",
        ];
        for Measure { name, labels, .. } in ALL {
            assert!(labels.iter().all(|label| known.contains(label)), "{name}");
        }
    }
}
