/// <reference lib="esnext.disposable" preserve="true" />
/** A client: the services, waiting for an operation, and the live queue. */
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { Operations } from "../gen/google/longrunning/operations_pb.js";
import { ApiKeyService } from "../gen/upnext/v1/api_key_service_pb.js";
import { CalendarService } from "../gen/upnext/v1/calendar_service_pb.js";
import { EmailService } from "../gen/upnext/v1/email_service_pb.js";
import { EnrollmentService } from "../gen/upnext/v1/enrollment_service_pb.js";
import { EventService } from "../gen/upnext/v1/event_service_pb.js";
import { OperationMetadataSchema, OperationResultSchema } from "../gen/upnext/v1/operation_pb.js";
import { OrganizationService } from "../gen/upnext/v1/organization_service_pb.js";
import { RecordService } from "../gen/upnext/v1/record_service_pb.js";
import { SegmentService } from "../gen/upnext/v1/segment_service_pb.js";
import { SellerService } from "../gen/upnext/v1/seller_service_pb.js";
import { SequenceService } from "../gen/upnext/v1/sequence_service_pb.js";
import { TeamService } from "../gen/upnext/v1/team_service_pb.js";
import { TemplateService } from "../gen/upnext/v1/template_service_pb.js";
import { WorkQueueService } from "../gen/upnext/v1/work_queue_service_pb.js";
import { withDeadline } from "./calls.js";
import { UpnextError } from "./errors.js";
import { Queue } from "./queue.js";
export class Client {
    key;
    disconnect;
    apiKeys;
    calendars;
    emails;
    teams;
    enrollments;
    events;
    operations;
    organization;
    records;
    segments;
    sellers;
    sequences;
    templates;
    workQueue;
    #queues = new Set();
    /** Made by `connect`. */
    constructor(transport, key, disconnect) {
        this.key = key;
        this.disconnect = disconnect;
        const calls = withDeadline(transport);
        this.apiKeys = createClient(ApiKeyService, calls);
        this.calendars = createClient(CalendarService, calls);
        this.emails = createClient(EmailService, calls);
        this.teams = createClient(TeamService, calls);
        this.enrollments = createClient(EnrollmentService, calls);
        this.events = createClient(EventService, calls);
        this.operations = createClient(Operations, calls);
        this.organization = createClient(OrganizationService, calls);
        this.records = createClient(RecordService, calls);
        this.segments = createClient(SegmentService, calls);
        this.sellers = createClient(SellerService, calls);
        this.sequences = createClient(SequenceService, calls);
        this.templates = createClient(TemplateService, calls);
        this.workQueue = createClient(WorkQueueService, calls);
    }
    /**
     * Waits for an operation: `operations/…`, or "", which is done at once. Its error is thrown like
     * a call's.
     */
    async wait(name, onProgress) {
        const seconds = onProgress ? 2 : 60;
        let result = name ? undefined : create(OperationResultSchema);
        while (!result) {
            const request = { name, timeout: { seconds: BigInt(seconds) } };
            const operation = await this.operations.waitOperation(request, { timeoutMs: (seconds + 10) * 1000 });
            result = read(operation, onProgress);
        }
        return result;
    }
    /** Opens a live queue: `sellers/…`, `sellers/me` or `teams/…`. */
    watch(queue, options = {}) {
        const opened = new Queue(this.workQueue, queue, typeof this.key === "function", options);
        this.#queues.add(opened);
        return opened;
    }
    /** The live queues that were opened. */
    get queues() {
        return this.#queues;
    }
    /** Ends every stream and the connection. */
    async close() {
        await Promise.all([...this.#queues].map((queue) => queue.close()));
        this.#queues.clear();
        this.disconnect();
    }
    async [Symbol.asyncDispose]() {
        await this.close();
    }
}
/** The result of an operation, once it is done. */
function read(operation, onProgress) {
    const progress = operation.metadata && anyUnpack(operation.metadata, OperationMetadataSchema);
    if (progress)
        onProgress?.(progress);
    if (!operation.done)
        return undefined;
    if (operation.result.case === "error")
        throw UpnextError.fromStatus(operation.result.value);
    const packed = operation.result.value;
    return (packed && anyUnpack(packed, OperationResultSchema)) ?? create(OperationResultSchema);
}
