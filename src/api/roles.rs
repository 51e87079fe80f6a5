//! Which roles may call each RPC: one table. A test checks that every RPC is in it.

use crate::domain::caller::Role;

/// Who may call an RPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, without a key.
    Open,
    /// Everyone with a key.
    AnyRole,
    /// Keys with one of these roles.
    Roles(&'static [Role]),
}

use Role::{Integration, SalesManager, Salesperson, SequenceManager, SystemAdministrator, Worker};

const ADMINISTRATORS: Access = Access::Roles(&[SystemAdministrator]);
/// The roles that design sequences and connect segments.
const DESIGNERS: Access = Access::Roles(DESIGNING);
/// The roles that design everything, even what isn't their own.
pub const DESIGNING: &[Role] = &[SystemAdministrator, SequenceManager, SalesManager];
/// The roles that may author sequences: a salesperson only own ones, and only if the organization
/// lets sellers author.
const AUTHORS: Access = Access::Roles(&[SystemAdministrator, SequenceManager, SalesManager, Salesperson]);
const SELLER_KEEPERS: Access = Access::Roles(SELLER_KEEPING);
/// The roles that keep sellers, even others than the own one.
pub const SELLER_KEEPING: &[Role] = &[SystemAdministrator, SalesManager, Integration];
/// The roles that change sellers: a salesperson only what is the own client's business.
const SELLER_CHANGERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Integration, Salesperson]);
const TYPE_KEEPERS: Access = Access::Roles(&[SystemAdministrator, Integration]);
/// The roles that see what happens in the whole organization.
const EVENT_READERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Integration]);
const RECORD_KEEPERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Integration]);
const RECORD_CLOSERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Integration, Salesperson]);
const ENROLLERS: Access =
    Access::Roles(&[SystemAdministrator, SequenceManager, SalesManager, Integration, Salesperson]);
const WORKERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Salesperson]);
/// The roles that keep the views that are everybody's.
pub const VIEW_KEEPING: &[Role] = &[SystemAdministrator, SalesManager];
/// The roles that do activities, even as an automated worker under a lease.
const LEASERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Salesperson, Worker]);
/// The roles that start long work, and may list and cancel it.
const OPERATION_KEEPERS: Access =
    Access::Roles(&[SystemAdministrator, SequenceManager, SalesManager, Integration]);
/// The roles that may follow long work: a salesperson only that of own sequences.
const OPERATION_FOLLOWERS: Access =
    Access::Roles(&[SystemAdministrator, SequenceManager, SalesManager, Integration, Salesperson]);
/// The roles that send automated emails.
const SENDERS: Access = Access::Roles(&[SystemAdministrator, SalesManager, Worker]);

/// Every RPC by its full path. A service by another author is [`Access::Open`] only if its contract
/// requires no key.
const TABLE: &[(&str, Access)] = &[
    ("/upnext.v1.OrganizationService/GetOrganization", Access::AnyRole),
    ("/upnext.v1.OrganizationService/UpdateOrganization", ADMINISTRATORS),
    ("/upnext.v1.OrganizationService/ListProblems", DESIGNERS),
    ("/upnext.v1.OrganizationService/RetryProblem", DESIGNERS),
    ("/upnext.v1.ApiKeyService/CreateApiKey", ADMINISTRATORS),
    ("/upnext.v1.ApiKeyService/ListApiKeys", ADMINISTRATORS),
    ("/upnext.v1.ApiKeyService/RotateApiKey", ADMINISTRATORS),
    ("/upnext.v1.ApiKeyService/RevokeApiKey", ADMINISTRATORS),
    ("/upnext.v1.SellerService/CreateSeller", SELLER_KEEPERS),
    ("/upnext.v1.SellerService/GetSeller", Access::AnyRole),
    ("/upnext.v1.SellerService/ListSellers", Access::AnyRole),
    ("/upnext.v1.SellerService/UpdateSeller", SELLER_CHANGERS),
    ("/upnext.v1.SellerService/DeleteSeller", SELLER_KEEPERS),
    ("/upnext.v1.SellerService/DeclareSellerAttributes", SELLER_KEEPERS),
    ("/upnext.v1.SellerService/DeleteSellerAttribute", SELLER_KEEPERS),
    ("/upnext.v1.SellerService/ReassignRecords", SELLER_KEEPERS),
    ("/upnext.v1.SellerService/HandBackRecords", SELLER_KEEPERS),
    ("/upnext.v1.CalendarService/CreateCalendar", SELLER_KEEPERS),
    ("/upnext.v1.CalendarService/GetCalendar", Access::AnyRole),
    ("/upnext.v1.CalendarService/ListCalendars", Access::AnyRole),
    ("/upnext.v1.CalendarService/UpdateCalendar", SELLER_KEEPERS),
    ("/upnext.v1.CalendarService/ImportCalendarEvents", SELLER_KEEPERS),
    ("/upnext.v1.CalendarService/DeleteCalendar", SELLER_KEEPERS),
    ("/upnext.v1.TeamService/CreateTeam", SELLER_KEEPERS),
    ("/upnext.v1.TeamService/GetTeam", Access::AnyRole),
    ("/upnext.v1.TeamService/ListTeams", Access::AnyRole),
    ("/upnext.v1.TeamService/UpdateTeam", SELLER_KEEPERS),
    ("/upnext.v1.TeamService/DeleteTeam", SELLER_KEEPERS),
    ("/upnext.v1.TemplateService/CreateTemplate", DESIGNERS),
    ("/upnext.v1.TemplateService/GetTemplate", Access::AnyRole),
    ("/upnext.v1.TemplateService/ListTemplates", Access::AnyRole),
    ("/upnext.v1.TemplateService/UpdateTemplate", DESIGNERS),
    ("/upnext.v1.TemplateService/DeleteTemplate", DESIGNERS),
    ("/upnext.v1.RecordService/CreateRecordType", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/GetRecordType", Access::AnyRole),
    ("/upnext.v1.RecordService/ListRecordTypes", Access::AnyRole),
    ("/upnext.v1.RecordService/UpdateRecordType", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/DeleteRecordType", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/DeclareAttributes", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/UpdateAttribute", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/DeleteAttribute", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/UpsertRecord", RECORD_KEEPERS),
    ("/upnext.v1.RecordService/BatchUpsertRecords", RECORD_KEEPERS),
    ("/upnext.v1.RecordService/GetRecord", Access::AnyRole),
    ("/upnext.v1.RecordService/ListRecords", Access::AnyRole),
    ("/upnext.v1.RecordService/ListRecordHistory", Access::AnyRole),
    ("/upnext.v1.RecordService/CloseRecord", RECORD_CLOSERS),
    ("/upnext.v1.RecordService/ReopenRecord", RECORD_CLOSERS),
    ("/upnext.v1.RecordService/DeleteRecord", RECORD_KEEPERS),
    ("/upnext.v1.RecordService/EraseRecord", TYPE_KEEPERS),
    ("/upnext.v1.RecordService/MergeRecords", RECORD_KEEPERS),
    ("/upnext.v1.RecordService/IngestEngagementEvents", RECORD_KEEPERS),
    ("/upnext.v1.SequenceService/CreateSequence", AUTHORS),
    ("/upnext.v1.SequenceService/GetSequence", Access::AnyRole),
    ("/upnext.v1.SequenceService/ListSequences", Access::AnyRole),
    ("/upnext.v1.SequenceService/UpdateSequence", AUTHORS),
    ("/upnext.v1.SequenceService/DeleteSequence", AUTHORS),
    ("/upnext.v1.SequenceService/UndeleteSequence", AUTHORS),
    ("/upnext.v1.SequenceService/ValidateSequence", Access::AnyRole),
    ("/upnext.v1.SequenceService/SimulateSequence", Access::AnyRole),
    ("/upnext.v1.SequenceService/ListSequenceTemplates", Access::AnyRole),
    ("/upnext.v1.SequenceService/CloneSequence", AUTHORS),
    ("/upnext.v1.SequenceService/ReassignSequences", DESIGNERS),
    ("/upnext.v1.SequenceService/DiffSequence", Access::AnyRole),
    ("/upnext.v1.SequenceService/GetSequenceStats", Access::AnyRole),
    ("/upnext.v1.SequenceService/RenderSequence", Access::AnyRole),
    ("/upnext.v1.SequenceService/ActivateSequence", AUTHORS),
    ("/upnext.v1.SequenceService/DeactivateSequence", AUTHORS),
    ("/upnext.v1.SequenceService/DecideSplit", AUTHORS),
    ("/upnext.v1.SequenceService/GetSequenceRevision", Access::AnyRole),
    ("/upnext.v1.SequenceService/ListSequenceRevisions", Access::AnyRole),
    ("/upnext.v1.SegmentService/CreateSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/GetSegment", Access::AnyRole),
    ("/upnext.v1.SegmentService/ListSegments", Access::AnyRole),
    ("/upnext.v1.SegmentService/UpdateSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/CloneSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/DeleteSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/ActivateSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/DeactivateSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/MoveSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/RunAssignment", DESIGNERS),
    ("/upnext.v1.SegmentService/ConnectSequence", DESIGNERS),
    ("/upnext.v1.SegmentService/DisconnectSequence", DESIGNERS),
    ("/upnext.v1.SegmentService/PreviewSegment", DESIGNERS),
    ("/upnext.v1.SegmentService/ExplainRecord", Access::AnyRole),
    ("/upnext.v1.SegmentService/ListRoutingRuns", DESIGNERS),
    ("/upnext.v1.SegmentService/ListSegmentMembers", DESIGNERS),
    ("/upnext.v1.SegmentService/CreateAssignmentRule", DESIGNERS),
    ("/upnext.v1.SegmentService/GetAssignmentRule", Access::AnyRole),
    ("/upnext.v1.SegmentService/ListAssignmentRules", Access::AnyRole),
    ("/upnext.v1.SegmentService/UpdateAssignmentRule", DESIGNERS),
    ("/upnext.v1.SegmentService/MoveAssignmentRule", DESIGNERS),
    ("/upnext.v1.SegmentService/DeleteAssignmentRule", DESIGNERS),
    ("/upnext.v1.EnrollmentService/EnrollRecord", ENROLLERS),
    ("/upnext.v1.EnrollmentService/BatchEnrollRecords", ENROLLERS),
    ("/upnext.v1.EnrollmentService/ExitEnrollment", ENROLLERS),
    ("/upnext.v1.EnrollmentService/UpdateEnrollment", ENROLLERS),
    ("/upnext.v1.EnrollmentService/PauseEnrollment", ENROLLERS),
    ("/upnext.v1.EnrollmentService/ResumeEnrollment", ENROLLERS),
    ("/upnext.v1.EnrollmentService/RetryEnrollment", ENROLLERS),
    ("/upnext.v1.EnrollmentService/MigrateEnrollment", DESIGNERS),
    ("/upnext.v1.EnrollmentService/BatchActOnEnrollments", DESIGNERS),
    ("/upnext.v1.EnrollmentService/ActOnEnrollments", DESIGNERS),
    ("/upnext.v1.EnrollmentService/SkipWait", ENROLLERS),
    ("/upnext.v1.EnrollmentService/GetEnrollment", Access::AnyRole),
    ("/upnext.v1.EnrollmentService/ExplainEnrollment", Access::AnyRole),
    ("/upnext.v1.EnrollmentService/ListEnrollmentEvents", Access::AnyRole),
    ("/upnext.v1.EnrollmentService/ListEnrollments", Access::AnyRole),
    ("/upnext.v1.EventService/ListEvents", EVENT_READERS),
    ("/upnext.v1.EventService/WatchEvents", EVENT_READERS),
    ("/upnext.v1.EventService/ListAuditEvents", ADMINISTRATORS),
    ("/upnext.v1.EventService/CreateWebhook", TYPE_KEEPERS),
    ("/upnext.v1.EventService/GetWebhook", TYPE_KEEPERS),
    ("/upnext.v1.EventService/ListWebhooks", TYPE_KEEPERS),
    ("/upnext.v1.EventService/UpdateWebhook", TYPE_KEEPERS),
    ("/upnext.v1.EventService/DeleteWebhook", TYPE_KEEPERS),
    ("/upnext.v1.EventService/RotateWebhookSecret", TYPE_KEEPERS),
    ("/upnext.v1.EventService/ListWebhookDeliveries", TYPE_KEEPERS),
    ("/upnext.v1.EventService/RetryWebhookDelivery", TYPE_KEEPERS),
    ("/upnext.v1.EventService/TestWebhook", TYPE_KEEPERS),
    ("/upnext.v1.EmailService/RenderActivity", LEASERS),
    ("/upnext.v1.EmailService/BeginSending", SENDERS),
    ("/upnext.v1.EmailService/FinishSending", SENDERS),
    ("/upnext.v1.WorkQueueService/ListActivities", WORKERS),
    ("/upnext.v1.WorkQueueService/SummarizeWorkQueues", WORKERS),
    ("/upnext.v1.WorkQueueService/GetActivity", LEASERS),
    ("/upnext.v1.WorkQueueService/GetUpNext", WORKERS),
    ("/upnext.v1.WorkQueueService/WatchWorkQueue", WORKERS),
    ("/upnext.v1.WorkQueueService/WatchNextActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/CompleteActivity", LEASERS),
    ("/upnext.v1.WorkQueueService/BatchCompleteActivities", LEASERS),
    ("/upnext.v1.WorkQueueService/SkipActivity", LEASERS),
    ("/upnext.v1.WorkQueueService/SnoozeActivity", LEASERS),
    ("/upnext.v1.WorkQueueService/ReopenActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/BatchSkipActivities", LEASERS),
    ("/upnext.v1.WorkQueueService/BatchSnoozeActivities", LEASERS),
    ("/upnext.v1.WorkQueueService/UpdateActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/UnsnoozeActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/CreateActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/BatchCreateActivities", WORKERS),
    ("/upnext.v1.WorkQueueService/CancelActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/CreateView", WORKERS),
    ("/upnext.v1.WorkQueueService/GetView", WORKERS),
    ("/upnext.v1.WorkQueueService/ListViews", WORKERS),
    ("/upnext.v1.WorkQueueService/UpdateView", WORKERS),
    ("/upnext.v1.WorkQueueService/DeleteView", WORKERS),
    ("/upnext.v1.WorkQueueService/ReassignActivity", WORKERS),
    ("/upnext.v1.WorkQueueService/BatchReassignActivities", WORKERS),
    ("/upnext.v1.WorkQueueService/AcquireActivities", LEASERS),
    ("/upnext.v1.WorkQueueService/ExtendLease", LEASERS),
    ("/upnext.v1.WorkQueueService/ReleaseActivity", LEASERS),
    ("/google.longrunning.Operations/ListOperations", OPERATION_KEEPERS),
    ("/google.longrunning.Operations/GetOperation", OPERATION_FOLLOWERS),
    ("/google.longrunning.Operations/DeleteOperation", OPERATION_KEEPERS),
    ("/google.longrunning.Operations/CancelOperation", OPERATION_KEEPERS),
    ("/google.longrunning.Operations/WaitOperation", OPERATION_FOLLOWERS),
    ("/grpc.health.v1.Health/Check", Access::Open),
    ("/grpc.health.v1.Health/List", Access::Open),
    ("/grpc.health.v1.Health/Watch", Access::Open),
    ("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Access::Open),
    ("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Access::Open),
];

/// Who may call `path`, with the method's full name from the table; none if there is no such RPC.
pub fn access(path: &str) -> Option<(&'static str, Access)> {
    TABLE.iter().find(|(listed, _)| *listed == path).map(|(listed, access)| (&listed[1..], *access))
}

/// The method's full name from the table; `other` if there is no such RPC.
pub fn method(path: &str) -> &'static str {
    access(path).map_or("other", |(method, _)| method)
}

/// Whether a role admits by itself.
pub fn allows(access: Access, role: Role) -> bool {
    match access {
        Access::Open | Access::AnyRole => true,
        Access::Roles(allowed) => allowed.contains(&role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pb;

    #[test]
    fn every_rpc_of_ours_has_an_entry_and_none_is_open() {
        for service in pb::DESCRIPTORS.services() {
            for method in service.methods() {
                let path = format!("/{}/{}", service.full_name(), method.name());
                let (_, access) = access(&path).unwrap_or_else(|| panic!("{path} has no entry in the table"));
                assert_ne!(access, Access::Open, "{path}");
            }
        }
    }

    #[test]
    fn a_salesperson_designs_no_segments() {
        let (_, access) = access("/upnext.v1.SegmentService/ActivateSegment").expect("in the table");
        assert!(!allows(access, Salesperson));
        assert!(allows(access, SequenceManager));
    }
}
