/// <reference lib="esnext.disposable" preserve="true" />
import { type Client as ServiceClient, type Transport } from "@connectrpc/connect";
import { Operations } from "../gen/google/longrunning/operations_pb.js";
import { ApiKeyService } from "../gen/upnext/v1/api_key_service_pb.js";
import { CalendarService } from "../gen/upnext/v1/calendar_service_pb.js";
import { EmailService } from "../gen/upnext/v1/email_service_pb.js";
import { EnrollmentService } from "../gen/upnext/v1/enrollment_service_pb.js";
import { EventService } from "../gen/upnext/v1/event_service_pb.js";
import { type OperationMetadata, type OperationResult } from "../gen/upnext/v1/operation_pb.js";
import { OrganizationService } from "../gen/upnext/v1/organization_service_pb.js";
import { RecordService } from "../gen/upnext/v1/record_service_pb.js";
import { SegmentService } from "../gen/upnext/v1/segment_service_pb.js";
import { SellerService } from "../gen/upnext/v1/seller_service_pb.js";
import { SequenceService } from "../gen/upnext/v1/sequence_service_pb.js";
import { TeamService } from "../gen/upnext/v1/team_service_pb.js";
import { TemplateService } from "../gen/upnext/v1/template_service_pb.js";
import { WorkQueueService } from "../gen/upnext/v1/work_queue_service_pb.js";
import { type Key } from "./calls.js";
import { Queue, type WatchOptions } from "./queue.js";
/** Told while an operation is waited for. */
export type OnProgress = (progress: OperationMetadata) => void;
export declare class Client implements AsyncDisposable {
    #private;
    private readonly key;
    private readonly disconnect;
    readonly apiKeys: ServiceClient<typeof ApiKeyService>;
    readonly calendars: ServiceClient<typeof CalendarService>;
    readonly emails: ServiceClient<typeof EmailService>;
    readonly teams: ServiceClient<typeof TeamService>;
    readonly enrollments: ServiceClient<typeof EnrollmentService>;
    readonly events: ServiceClient<typeof EventService>;
    readonly operations: ServiceClient<typeof Operations>;
    readonly organization: ServiceClient<typeof OrganizationService>;
    readonly records: ServiceClient<typeof RecordService>;
    readonly segments: ServiceClient<typeof SegmentService>;
    readonly sellers: ServiceClient<typeof SellerService>;
    readonly sequences: ServiceClient<typeof SequenceService>;
    readonly templates: ServiceClient<typeof TemplateService>;
    readonly workQueue: ServiceClient<typeof WorkQueueService>;
    /** Made by `connect`. */
    constructor(transport: Transport, key: Key, disconnect: () => void);
    /**
     * Waits for an operation: `operations/…`, or "", which is done at once. Its error is thrown like
     * a call's.
     */
    wait(name: string, onProgress?: OnProgress): Promise<OperationResult>;
    /** Opens a live queue: `sellers/…`, `sellers/me` or `teams/…`. */
    watch(queue: string, options?: WatchOptions): Queue;
    /** The live queues that were opened. */
    get queues(): Iterable<Queue>;
    /** Ends every stream and the connection. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
