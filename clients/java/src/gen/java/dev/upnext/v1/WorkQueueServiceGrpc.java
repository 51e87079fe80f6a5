package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The queues of due activities: list them, watch them live, act on them. A queue is
 * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
 * is built in and holds the activities of records without an owner, `teams/automation` what
 * workers carry out. A salesperson only sees and acts on their own queue; any other is
 * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
 * acts on them under a lease. Each Errors line lists the errors particular to its call;
 * ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class WorkQueueServiceGrpc {

  private WorkQueueServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.WorkQueueService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListActivitiesRequest,
      dev.upnext.v1.ListActivitiesResponse> getListActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListActivities",
      requestType = dev.upnext.v1.ListActivitiesRequest.class,
      responseType = dev.upnext.v1.ListActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListActivitiesRequest,
      dev.upnext.v1.ListActivitiesResponse> getListActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListActivitiesRequest, dev.upnext.v1.ListActivitiesResponse> getListActivitiesMethod;
    if ((getListActivitiesMethod = WorkQueueServiceGrpc.getListActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getListActivitiesMethod = WorkQueueServiceGrpc.getListActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getListActivitiesMethod = getListActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListActivitiesRequest, dev.upnext.v1.ListActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListActivities"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ListActivities"))
              .build();
        }
      }
    }
    return getListActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.SummarizeWorkQueuesRequest,
      dev.upnext.v1.SummarizeWorkQueuesResponse> getSummarizeWorkQueuesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SummarizeWorkQueues",
      requestType = dev.upnext.v1.SummarizeWorkQueuesRequest.class,
      responseType = dev.upnext.v1.SummarizeWorkQueuesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.SummarizeWorkQueuesRequest,
      dev.upnext.v1.SummarizeWorkQueuesResponse> getSummarizeWorkQueuesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.SummarizeWorkQueuesRequest, dev.upnext.v1.SummarizeWorkQueuesResponse> getSummarizeWorkQueuesMethod;
    if ((getSummarizeWorkQueuesMethod = WorkQueueServiceGrpc.getSummarizeWorkQueuesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getSummarizeWorkQueuesMethod = WorkQueueServiceGrpc.getSummarizeWorkQueuesMethod) == null) {
          WorkQueueServiceGrpc.getSummarizeWorkQueuesMethod = getSummarizeWorkQueuesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.SummarizeWorkQueuesRequest, dev.upnext.v1.SummarizeWorkQueuesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SummarizeWorkQueues"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SummarizeWorkQueuesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SummarizeWorkQueuesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("SummarizeWorkQueues"))
              .build();
        }
      }
    }
    return getSummarizeWorkQueuesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetActivityRequest,
      dev.upnext.v1.GetActivityResponse> getGetActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetActivity",
      requestType = dev.upnext.v1.GetActivityRequest.class,
      responseType = dev.upnext.v1.GetActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetActivityRequest,
      dev.upnext.v1.GetActivityResponse> getGetActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetActivityRequest, dev.upnext.v1.GetActivityResponse> getGetActivityMethod;
    if ((getGetActivityMethod = WorkQueueServiceGrpc.getGetActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getGetActivityMethod = WorkQueueServiceGrpc.getGetActivityMethod) == null) {
          WorkQueueServiceGrpc.getGetActivityMethod = getGetActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetActivityRequest, dev.upnext.v1.GetActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetActivity"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("GetActivity"))
              .build();
        }
      }
    }
    return getGetActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetUpNextRequest,
      dev.upnext.v1.GetUpNextResponse> getGetUpNextMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUpNext",
      requestType = dev.upnext.v1.GetUpNextRequest.class,
      responseType = dev.upnext.v1.GetUpNextResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetUpNextRequest,
      dev.upnext.v1.GetUpNextResponse> getGetUpNextMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetUpNextRequest, dev.upnext.v1.GetUpNextResponse> getGetUpNextMethod;
    if ((getGetUpNextMethod = WorkQueueServiceGrpc.getGetUpNextMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getGetUpNextMethod = WorkQueueServiceGrpc.getGetUpNextMethod) == null) {
          WorkQueueServiceGrpc.getGetUpNextMethod = getGetUpNextMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetUpNextRequest, dev.upnext.v1.GetUpNextResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUpNext"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetUpNextRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetUpNextResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("GetUpNext"))
              .build();
        }
      }
    }
    return getGetUpNextMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.WatchWorkQueueRequest,
      dev.upnext.v1.WatchWorkQueueResponse> getWatchWorkQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchWorkQueue",
      requestType = dev.upnext.v1.WatchWorkQueueRequest.class,
      responseType = dev.upnext.v1.WatchWorkQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.WatchWorkQueueRequest,
      dev.upnext.v1.WatchWorkQueueResponse> getWatchWorkQueueMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.WatchWorkQueueRequest, dev.upnext.v1.WatchWorkQueueResponse> getWatchWorkQueueMethod;
    if ((getWatchWorkQueueMethod = WorkQueueServiceGrpc.getWatchWorkQueueMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getWatchWorkQueueMethod = WorkQueueServiceGrpc.getWatchWorkQueueMethod) == null) {
          WorkQueueServiceGrpc.getWatchWorkQueueMethod = getWatchWorkQueueMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.WatchWorkQueueRequest, dev.upnext.v1.WatchWorkQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchWorkQueue"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchWorkQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchWorkQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("WatchWorkQueue"))
              .build();
        }
      }
    }
    return getWatchWorkQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.WatchNextActivityRequest,
      dev.upnext.v1.WatchNextActivityResponse> getWatchNextActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchNextActivity",
      requestType = dev.upnext.v1.WatchNextActivityRequest.class,
      responseType = dev.upnext.v1.WatchNextActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.WatchNextActivityRequest,
      dev.upnext.v1.WatchNextActivityResponse> getWatchNextActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.WatchNextActivityRequest, dev.upnext.v1.WatchNextActivityResponse> getWatchNextActivityMethod;
    if ((getWatchNextActivityMethod = WorkQueueServiceGrpc.getWatchNextActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getWatchNextActivityMethod = WorkQueueServiceGrpc.getWatchNextActivityMethod) == null) {
          WorkQueueServiceGrpc.getWatchNextActivityMethod = getWatchNextActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.WatchNextActivityRequest, dev.upnext.v1.WatchNextActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchNextActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchNextActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchNextActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("WatchNextActivity"))
              .build();
        }
      }
    }
    return getWatchNextActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CompleteActivityRequest,
      dev.upnext.v1.CompleteActivityResponse> getCompleteActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CompleteActivity",
      requestType = dev.upnext.v1.CompleteActivityRequest.class,
      responseType = dev.upnext.v1.CompleteActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CompleteActivityRequest,
      dev.upnext.v1.CompleteActivityResponse> getCompleteActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CompleteActivityRequest, dev.upnext.v1.CompleteActivityResponse> getCompleteActivityMethod;
    if ((getCompleteActivityMethod = WorkQueueServiceGrpc.getCompleteActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getCompleteActivityMethod = WorkQueueServiceGrpc.getCompleteActivityMethod) == null) {
          WorkQueueServiceGrpc.getCompleteActivityMethod = getCompleteActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CompleteActivityRequest, dev.upnext.v1.CompleteActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CompleteActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CompleteActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CompleteActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("CompleteActivity"))
              .build();
        }
      }
    }
    return getCompleteActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchCompleteActivitiesRequest,
      dev.upnext.v1.BatchCompleteActivitiesResponse> getBatchCompleteActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchCompleteActivities",
      requestType = dev.upnext.v1.BatchCompleteActivitiesRequest.class,
      responseType = dev.upnext.v1.BatchCompleteActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchCompleteActivitiesRequest,
      dev.upnext.v1.BatchCompleteActivitiesResponse> getBatchCompleteActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchCompleteActivitiesRequest, dev.upnext.v1.BatchCompleteActivitiesResponse> getBatchCompleteActivitiesMethod;
    if ((getBatchCompleteActivitiesMethod = WorkQueueServiceGrpc.getBatchCompleteActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getBatchCompleteActivitiesMethod = WorkQueueServiceGrpc.getBatchCompleteActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getBatchCompleteActivitiesMethod = getBatchCompleteActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchCompleteActivitiesRequest, dev.upnext.v1.BatchCompleteActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchCompleteActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchCompleteActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchCompleteActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("BatchCompleteActivities"))
              .build();
        }
      }
    }
    return getBatchCompleteActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.SkipActivityRequest,
      dev.upnext.v1.SkipActivityResponse> getSkipActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SkipActivity",
      requestType = dev.upnext.v1.SkipActivityRequest.class,
      responseType = dev.upnext.v1.SkipActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.SkipActivityRequest,
      dev.upnext.v1.SkipActivityResponse> getSkipActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.SkipActivityRequest, dev.upnext.v1.SkipActivityResponse> getSkipActivityMethod;
    if ((getSkipActivityMethod = WorkQueueServiceGrpc.getSkipActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getSkipActivityMethod = WorkQueueServiceGrpc.getSkipActivityMethod) == null) {
          WorkQueueServiceGrpc.getSkipActivityMethod = getSkipActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.SkipActivityRequest, dev.upnext.v1.SkipActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SkipActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SkipActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SkipActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("SkipActivity"))
              .build();
        }
      }
    }
    return getSkipActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.SnoozeActivityRequest,
      dev.upnext.v1.SnoozeActivityResponse> getSnoozeActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SnoozeActivity",
      requestType = dev.upnext.v1.SnoozeActivityRequest.class,
      responseType = dev.upnext.v1.SnoozeActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.SnoozeActivityRequest,
      dev.upnext.v1.SnoozeActivityResponse> getSnoozeActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.SnoozeActivityRequest, dev.upnext.v1.SnoozeActivityResponse> getSnoozeActivityMethod;
    if ((getSnoozeActivityMethod = WorkQueueServiceGrpc.getSnoozeActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getSnoozeActivityMethod = WorkQueueServiceGrpc.getSnoozeActivityMethod) == null) {
          WorkQueueServiceGrpc.getSnoozeActivityMethod = getSnoozeActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.SnoozeActivityRequest, dev.upnext.v1.SnoozeActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SnoozeActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SnoozeActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SnoozeActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("SnoozeActivity"))
              .build();
        }
      }
    }
    return getSnoozeActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReopenActivityRequest,
      dev.upnext.v1.ReopenActivityResponse> getReopenActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReopenActivity",
      requestType = dev.upnext.v1.ReopenActivityRequest.class,
      responseType = dev.upnext.v1.ReopenActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReopenActivityRequest,
      dev.upnext.v1.ReopenActivityResponse> getReopenActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReopenActivityRequest, dev.upnext.v1.ReopenActivityResponse> getReopenActivityMethod;
    if ((getReopenActivityMethod = WorkQueueServiceGrpc.getReopenActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getReopenActivityMethod = WorkQueueServiceGrpc.getReopenActivityMethod) == null) {
          WorkQueueServiceGrpc.getReopenActivityMethod = getReopenActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReopenActivityRequest, dev.upnext.v1.ReopenActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReopenActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReopenActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReopenActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ReopenActivity"))
              .build();
        }
      }
    }
    return getReopenActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchSkipActivitiesRequest,
      dev.upnext.v1.BatchSkipActivitiesResponse> getBatchSkipActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchSkipActivities",
      requestType = dev.upnext.v1.BatchSkipActivitiesRequest.class,
      responseType = dev.upnext.v1.BatchSkipActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchSkipActivitiesRequest,
      dev.upnext.v1.BatchSkipActivitiesResponse> getBatchSkipActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchSkipActivitiesRequest, dev.upnext.v1.BatchSkipActivitiesResponse> getBatchSkipActivitiesMethod;
    if ((getBatchSkipActivitiesMethod = WorkQueueServiceGrpc.getBatchSkipActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getBatchSkipActivitiesMethod = WorkQueueServiceGrpc.getBatchSkipActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getBatchSkipActivitiesMethod = getBatchSkipActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchSkipActivitiesRequest, dev.upnext.v1.BatchSkipActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchSkipActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchSkipActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchSkipActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("BatchSkipActivities"))
              .build();
        }
      }
    }
    return getBatchSkipActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchSnoozeActivitiesRequest,
      dev.upnext.v1.BatchSnoozeActivitiesResponse> getBatchSnoozeActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchSnoozeActivities",
      requestType = dev.upnext.v1.BatchSnoozeActivitiesRequest.class,
      responseType = dev.upnext.v1.BatchSnoozeActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchSnoozeActivitiesRequest,
      dev.upnext.v1.BatchSnoozeActivitiesResponse> getBatchSnoozeActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchSnoozeActivitiesRequest, dev.upnext.v1.BatchSnoozeActivitiesResponse> getBatchSnoozeActivitiesMethod;
    if ((getBatchSnoozeActivitiesMethod = WorkQueueServiceGrpc.getBatchSnoozeActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getBatchSnoozeActivitiesMethod = WorkQueueServiceGrpc.getBatchSnoozeActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getBatchSnoozeActivitiesMethod = getBatchSnoozeActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchSnoozeActivitiesRequest, dev.upnext.v1.BatchSnoozeActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchSnoozeActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchSnoozeActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchSnoozeActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("BatchSnoozeActivities"))
              .build();
        }
      }
    }
    return getBatchSnoozeActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateActivityRequest,
      dev.upnext.v1.CreateActivityResponse> getCreateActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateActivity",
      requestType = dev.upnext.v1.CreateActivityRequest.class,
      responseType = dev.upnext.v1.CreateActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateActivityRequest,
      dev.upnext.v1.CreateActivityResponse> getCreateActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateActivityRequest, dev.upnext.v1.CreateActivityResponse> getCreateActivityMethod;
    if ((getCreateActivityMethod = WorkQueueServiceGrpc.getCreateActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getCreateActivityMethod = WorkQueueServiceGrpc.getCreateActivityMethod) == null) {
          WorkQueueServiceGrpc.getCreateActivityMethod = getCreateActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateActivityRequest, dev.upnext.v1.CreateActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("CreateActivity"))
              .build();
        }
      }
    }
    return getCreateActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchCreateActivitiesRequest,
      dev.upnext.v1.BatchCreateActivitiesResponse> getBatchCreateActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchCreateActivities",
      requestType = dev.upnext.v1.BatchCreateActivitiesRequest.class,
      responseType = dev.upnext.v1.BatchCreateActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchCreateActivitiesRequest,
      dev.upnext.v1.BatchCreateActivitiesResponse> getBatchCreateActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchCreateActivitiesRequest, dev.upnext.v1.BatchCreateActivitiesResponse> getBatchCreateActivitiesMethod;
    if ((getBatchCreateActivitiesMethod = WorkQueueServiceGrpc.getBatchCreateActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getBatchCreateActivitiesMethod = WorkQueueServiceGrpc.getBatchCreateActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getBatchCreateActivitiesMethod = getBatchCreateActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchCreateActivitiesRequest, dev.upnext.v1.BatchCreateActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchCreateActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchCreateActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchCreateActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("BatchCreateActivities"))
              .build();
        }
      }
    }
    return getBatchCreateActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CancelActivityRequest,
      dev.upnext.v1.CancelActivityResponse> getCancelActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelActivity",
      requestType = dev.upnext.v1.CancelActivityRequest.class,
      responseType = dev.upnext.v1.CancelActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CancelActivityRequest,
      dev.upnext.v1.CancelActivityResponse> getCancelActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CancelActivityRequest, dev.upnext.v1.CancelActivityResponse> getCancelActivityMethod;
    if ((getCancelActivityMethod = WorkQueueServiceGrpc.getCancelActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getCancelActivityMethod = WorkQueueServiceGrpc.getCancelActivityMethod) == null) {
          WorkQueueServiceGrpc.getCancelActivityMethod = getCancelActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CancelActivityRequest, dev.upnext.v1.CancelActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CancelActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CancelActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("CancelActivity"))
              .build();
        }
      }
    }
    return getCancelActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateActivityRequest,
      dev.upnext.v1.UpdateActivityResponse> getUpdateActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateActivity",
      requestType = dev.upnext.v1.UpdateActivityRequest.class,
      responseType = dev.upnext.v1.UpdateActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateActivityRequest,
      dev.upnext.v1.UpdateActivityResponse> getUpdateActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateActivityRequest, dev.upnext.v1.UpdateActivityResponse> getUpdateActivityMethod;
    if ((getUpdateActivityMethod = WorkQueueServiceGrpc.getUpdateActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getUpdateActivityMethod = WorkQueueServiceGrpc.getUpdateActivityMethod) == null) {
          WorkQueueServiceGrpc.getUpdateActivityMethod = getUpdateActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateActivityRequest, dev.upnext.v1.UpdateActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("UpdateActivity"))
              .build();
        }
      }
    }
    return getUpdateActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateViewRequest,
      dev.upnext.v1.CreateViewResponse> getCreateViewMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateView",
      requestType = dev.upnext.v1.CreateViewRequest.class,
      responseType = dev.upnext.v1.CreateViewResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateViewRequest,
      dev.upnext.v1.CreateViewResponse> getCreateViewMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateViewRequest, dev.upnext.v1.CreateViewResponse> getCreateViewMethod;
    if ((getCreateViewMethod = WorkQueueServiceGrpc.getCreateViewMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getCreateViewMethod = WorkQueueServiceGrpc.getCreateViewMethod) == null) {
          WorkQueueServiceGrpc.getCreateViewMethod = getCreateViewMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateViewRequest, dev.upnext.v1.CreateViewResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateView"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateViewRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateViewResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("CreateView"))
              .build();
        }
      }
    }
    return getCreateViewMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetViewRequest,
      dev.upnext.v1.GetViewResponse> getGetViewMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetView",
      requestType = dev.upnext.v1.GetViewRequest.class,
      responseType = dev.upnext.v1.GetViewResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetViewRequest,
      dev.upnext.v1.GetViewResponse> getGetViewMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetViewRequest, dev.upnext.v1.GetViewResponse> getGetViewMethod;
    if ((getGetViewMethod = WorkQueueServiceGrpc.getGetViewMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getGetViewMethod = WorkQueueServiceGrpc.getGetViewMethod) == null) {
          WorkQueueServiceGrpc.getGetViewMethod = getGetViewMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetViewRequest, dev.upnext.v1.GetViewResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetView"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetViewRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetViewResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("GetView"))
              .build();
        }
      }
    }
    return getGetViewMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListViewsRequest,
      dev.upnext.v1.ListViewsResponse> getListViewsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListViews",
      requestType = dev.upnext.v1.ListViewsRequest.class,
      responseType = dev.upnext.v1.ListViewsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListViewsRequest,
      dev.upnext.v1.ListViewsResponse> getListViewsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListViewsRequest, dev.upnext.v1.ListViewsResponse> getListViewsMethod;
    if ((getListViewsMethod = WorkQueueServiceGrpc.getListViewsMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getListViewsMethod = WorkQueueServiceGrpc.getListViewsMethod) == null) {
          WorkQueueServiceGrpc.getListViewsMethod = getListViewsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListViewsRequest, dev.upnext.v1.ListViewsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListViews"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListViewsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListViewsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ListViews"))
              .build();
        }
      }
    }
    return getListViewsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateViewRequest,
      dev.upnext.v1.UpdateViewResponse> getUpdateViewMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateView",
      requestType = dev.upnext.v1.UpdateViewRequest.class,
      responseType = dev.upnext.v1.UpdateViewResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateViewRequest,
      dev.upnext.v1.UpdateViewResponse> getUpdateViewMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateViewRequest, dev.upnext.v1.UpdateViewResponse> getUpdateViewMethod;
    if ((getUpdateViewMethod = WorkQueueServiceGrpc.getUpdateViewMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getUpdateViewMethod = WorkQueueServiceGrpc.getUpdateViewMethod) == null) {
          WorkQueueServiceGrpc.getUpdateViewMethod = getUpdateViewMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateViewRequest, dev.upnext.v1.UpdateViewResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateView"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateViewRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateViewResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("UpdateView"))
              .build();
        }
      }
    }
    return getUpdateViewMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteViewRequest,
      dev.upnext.v1.DeleteViewResponse> getDeleteViewMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteView",
      requestType = dev.upnext.v1.DeleteViewRequest.class,
      responseType = dev.upnext.v1.DeleteViewResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteViewRequest,
      dev.upnext.v1.DeleteViewResponse> getDeleteViewMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteViewRequest, dev.upnext.v1.DeleteViewResponse> getDeleteViewMethod;
    if ((getDeleteViewMethod = WorkQueueServiceGrpc.getDeleteViewMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getDeleteViewMethod = WorkQueueServiceGrpc.getDeleteViewMethod) == null) {
          WorkQueueServiceGrpc.getDeleteViewMethod = getDeleteViewMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteViewRequest, dev.upnext.v1.DeleteViewResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteView"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteViewRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteViewResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("DeleteView"))
              .build();
        }
      }
    }
    return getDeleteViewMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UnsnoozeActivityRequest,
      dev.upnext.v1.UnsnoozeActivityResponse> getUnsnoozeActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UnsnoozeActivity",
      requestType = dev.upnext.v1.UnsnoozeActivityRequest.class,
      responseType = dev.upnext.v1.UnsnoozeActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UnsnoozeActivityRequest,
      dev.upnext.v1.UnsnoozeActivityResponse> getUnsnoozeActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UnsnoozeActivityRequest, dev.upnext.v1.UnsnoozeActivityResponse> getUnsnoozeActivityMethod;
    if ((getUnsnoozeActivityMethod = WorkQueueServiceGrpc.getUnsnoozeActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getUnsnoozeActivityMethod = WorkQueueServiceGrpc.getUnsnoozeActivityMethod) == null) {
          WorkQueueServiceGrpc.getUnsnoozeActivityMethod = getUnsnoozeActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UnsnoozeActivityRequest, dev.upnext.v1.UnsnoozeActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UnsnoozeActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UnsnoozeActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UnsnoozeActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("UnsnoozeActivity"))
              .build();
        }
      }
    }
    return getUnsnoozeActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReassignActivityRequest,
      dev.upnext.v1.ReassignActivityResponse> getReassignActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReassignActivity",
      requestType = dev.upnext.v1.ReassignActivityRequest.class,
      responseType = dev.upnext.v1.ReassignActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReassignActivityRequest,
      dev.upnext.v1.ReassignActivityResponse> getReassignActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReassignActivityRequest, dev.upnext.v1.ReassignActivityResponse> getReassignActivityMethod;
    if ((getReassignActivityMethod = WorkQueueServiceGrpc.getReassignActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getReassignActivityMethod = WorkQueueServiceGrpc.getReassignActivityMethod) == null) {
          WorkQueueServiceGrpc.getReassignActivityMethod = getReassignActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReassignActivityRequest, dev.upnext.v1.ReassignActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReassignActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ReassignActivity"))
              .build();
        }
      }
    }
    return getReassignActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchReassignActivitiesRequest,
      dev.upnext.v1.BatchReassignActivitiesResponse> getBatchReassignActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchReassignActivities",
      requestType = dev.upnext.v1.BatchReassignActivitiesRequest.class,
      responseType = dev.upnext.v1.BatchReassignActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchReassignActivitiesRequest,
      dev.upnext.v1.BatchReassignActivitiesResponse> getBatchReassignActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchReassignActivitiesRequest, dev.upnext.v1.BatchReassignActivitiesResponse> getBatchReassignActivitiesMethod;
    if ((getBatchReassignActivitiesMethod = WorkQueueServiceGrpc.getBatchReassignActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getBatchReassignActivitiesMethod = WorkQueueServiceGrpc.getBatchReassignActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getBatchReassignActivitiesMethod = getBatchReassignActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchReassignActivitiesRequest, dev.upnext.v1.BatchReassignActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchReassignActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchReassignActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchReassignActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("BatchReassignActivities"))
              .build();
        }
      }
    }
    return getBatchReassignActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.AcquireActivitiesRequest,
      dev.upnext.v1.AcquireActivitiesResponse> getAcquireActivitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcquireActivities",
      requestType = dev.upnext.v1.AcquireActivitiesRequest.class,
      responseType = dev.upnext.v1.AcquireActivitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.AcquireActivitiesRequest,
      dev.upnext.v1.AcquireActivitiesResponse> getAcquireActivitiesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.AcquireActivitiesRequest, dev.upnext.v1.AcquireActivitiesResponse> getAcquireActivitiesMethod;
    if ((getAcquireActivitiesMethod = WorkQueueServiceGrpc.getAcquireActivitiesMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getAcquireActivitiesMethod = WorkQueueServiceGrpc.getAcquireActivitiesMethod) == null) {
          WorkQueueServiceGrpc.getAcquireActivitiesMethod = getAcquireActivitiesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.AcquireActivitiesRequest, dev.upnext.v1.AcquireActivitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcquireActivities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.AcquireActivitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.AcquireActivitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("AcquireActivities"))
              .build();
        }
      }
    }
    return getAcquireActivitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ExtendLeaseRequest,
      dev.upnext.v1.ExtendLeaseResponse> getExtendLeaseMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExtendLease",
      requestType = dev.upnext.v1.ExtendLeaseRequest.class,
      responseType = dev.upnext.v1.ExtendLeaseResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ExtendLeaseRequest,
      dev.upnext.v1.ExtendLeaseResponse> getExtendLeaseMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ExtendLeaseRequest, dev.upnext.v1.ExtendLeaseResponse> getExtendLeaseMethod;
    if ((getExtendLeaseMethod = WorkQueueServiceGrpc.getExtendLeaseMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getExtendLeaseMethod = WorkQueueServiceGrpc.getExtendLeaseMethod) == null) {
          WorkQueueServiceGrpc.getExtendLeaseMethod = getExtendLeaseMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ExtendLeaseRequest, dev.upnext.v1.ExtendLeaseResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExtendLease"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExtendLeaseRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExtendLeaseResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ExtendLease"))
              .build();
        }
      }
    }
    return getExtendLeaseMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReleaseActivityRequest,
      dev.upnext.v1.ReleaseActivityResponse> getReleaseActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseActivity",
      requestType = dev.upnext.v1.ReleaseActivityRequest.class,
      responseType = dev.upnext.v1.ReleaseActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReleaseActivityRequest,
      dev.upnext.v1.ReleaseActivityResponse> getReleaseActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReleaseActivityRequest, dev.upnext.v1.ReleaseActivityResponse> getReleaseActivityMethod;
    if ((getReleaseActivityMethod = WorkQueueServiceGrpc.getReleaseActivityMethod) == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        if ((getReleaseActivityMethod = WorkQueueServiceGrpc.getReleaseActivityMethod) == null) {
          WorkQueueServiceGrpc.getReleaseActivityMethod = getReleaseActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReleaseActivityRequest, dev.upnext.v1.ReleaseActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseActivity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReleaseActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReleaseActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkQueueServiceMethodDescriptorSupplier("ReleaseActivity"))
              .build();
        }
      }
    }
    return getReleaseActivityMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static WorkQueueServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceStub>() {
        @java.lang.Override
        public WorkQueueServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkQueueServiceStub(channel, callOptions);
        }
      };
    return WorkQueueServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static WorkQueueServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceBlockingV2Stub>() {
        @java.lang.Override
        public WorkQueueServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkQueueServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return WorkQueueServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static WorkQueueServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceBlockingStub>() {
        @java.lang.Override
        public WorkQueueServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkQueueServiceBlockingStub(channel, callOptions);
        }
      };
    return WorkQueueServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static WorkQueueServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkQueueServiceFutureStub>() {
        @java.lang.Override
        public WorkQueueServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkQueueServiceFutureStub(channel, callOptions);
        }
      };
    return WorkQueueServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists open activities in queue order, the due ones, unless the request says otherwise;
     * or activities that were closed since a time, the last closed one first. Of closed ones a
     * salesperson sees those of the own queue, and those that they closed themselves.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listActivities(dev.upnext.v1.ListActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells for each seller what there is to do in the seller's queue, and what the seller did
     * today, in the order of their ids. A salesperson is told their own alone.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (team), PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void summarizeWorkQueues(dev.upnext.v1.SummarizeWorkQueuesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SummarizeWorkQueuesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSummarizeWorkQueuesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one activity, open or closed.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getActivity(dev.upnext.v1.GetActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns a record's current activities and waits, its next steps, and what was done. A
     * salesperson may ask for their own records.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getUpNext(dev.upnext.v1.GetUpNextRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetUpNextResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUpNextMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps a client's list equal to the first `window_size` due activities of a queue.
     * The stream synchronizes state; it does not replay a log. It begins with a snapshot, or
     * with a heartbeat if `resume_token` names the current state. Then each visible change of
     * the queue comes as one update: apply removals, then upserts (by `name`, sorted by
     * `order_key`), and the client's list equals the queue at `queue_revision`. Several
     * changes may come as one update. Nothing is lost or torn. Revisions never go back, except
     * in a snapshot with cause RESTORED. A change that is too large for one message comes in
     * several; all but the last are `partial`.
     * Once a message has been applied, its `resume_token` may be kept, across disconnects and
     * servers. It grants no access and never expires: if it no longer fits, the stream begins
     * with a snapshot. While disconnected, a client may continue to show its last list. A slow
     * client gets the newest state when it reads again. After three missed heartbeats the
     * stream is dead: open it again.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access, and at the instant at which the key or the token (TOKEN_EXPIRED) expires.
     * With a `filter` or a `saved_view`, all of this is true of the activities that match: the
     * window is the first of them. One that no longer matches is removed as DISPLACED. The
     * counts stay those of the whole queue. A stream follows its view. Within seconds after
     * the view's filter or record type changes, the stream sends a snapshot with cause
     * FILTER_CHANGED. It ends with RESOURCE_NOT_FOUND after the view is deleted, and with
     * FIELD_INVALID after a change that a stream can't show. A new `window_size` of the view
     * counts only for streams that are opened later.
     * Of one seller at most ten streams are open. One more is opened all the same, and an
     * earlier one ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS): an earlier one of the same
     * client, which its `resume_token` tells, or else the oldest. So a client whose
     * connections broke never waits for the server to notice.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, view), CONDITION_INVALID (filter), FIELD_INVALID
     * (saved_view), RESUME_TOKEN_INVALID, TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    default void watchWorkQueue(dev.upnext.v1.WatchWorkQueueRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchWorkQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchWorkQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends the head of a queue: immediately, and again whenever there is another head or it
     * changes. A message may repeat what the client has. Without a head, the message has no
     * activity, but the time at which the next one is known to fall due. While nothing
     * changes, the last message is repeated at the heartbeat's interval. It ends like
     * WatchWorkQueue, but without a `draining` message.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue), TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    default void watchNextActivity(dev.upnext.v1.WatchNextActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchNextActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchNextActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Completes an activity. Its enrollment moves to the next step or wait in the same
     * transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, OUTCOME_REQUIRED,
     * OUTCOME_UNKNOWN (phone calls), DISPOSITION_UNKNOWN, FIELD_TOO_LONG, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void completeActivity(dev.upnext.v1.CompleteActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CompleteActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCompleteActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Completes up to 1,000 activities like CompleteActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * CompleteActivity. Of an activity that comes twice the first item completes it; the
     * second is answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchCompleteActivities(dev.upnext.v1.BatchCompleteActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCompleteActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchCompleteActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Skips an activity without doing it. Its enrollment moves to the next step or wait in the
     * same transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void skipActivity(dev.upnext.v1.SkipActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SkipActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSkipActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Postpones an activity: it leaves the list, and is due again at `until`, in its old
     * place. Snoozing a snoozed activity changes the time. A lease ends.
     * Precondition: The activity is due or snoozed; `until` is in the future, at most 365 days
     * ahead. If it is leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * snoozed again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void snoozeActivity(dev.upnext.v1.SnoozeActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SnoozeActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSnoozeActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes back a mistaken CompleteActivity or SkipActivity: the activity is open again, with
     * its old due time and place, and with a snooze that still lasts. Its outcome and note are
     * gone; only the timeline keeps them. The enrollment returns to that step. What followed
     * is taken back in the same transaction: the next activity is CANCELED, a wait ends, a
     * COMPLETED enrollment is ACTIVE again. Activities that upnext skipped in between stay
     * skipped, and come again with their step.
     * Precondition: The activity was completed or skipped by somebody, not longer ago than the
     * organization's `reopen_grace_period`. Nobody has completed, skipped or snoozed a later
     * activity of the enrollment, or skipped its wait. The enrollment hasn't exited. If it is
     * COMPLETED, its record is active, wasn't enrolled in the sequence again, and is still in
     * the segment that enrolled it; the sequence isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_OPEN.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_OPEN, REOPEN_GRACE_OVER, LATER_STEP_ACTED_ON,
     * ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLED_AGAIN, RECORD_CLOSED, RESOURCE_DELETED
     * (sequence), ACTIVITY_NOT_REOPENABLE, FIELD_TOO_LONG, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void reopenActivity(dev.upnext.v1.ReopenActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReopenActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Skips up to 1,000 activities like SkipActivity, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SkipActivity. Of an activity that comes twice the first item skips it; the second is
     * answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchSkipActivities(dev.upnext.v1.BatchSkipActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSkipActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchSkipActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Snoozes up to 1,000 activities like SnoozeActivity, in their order; each item succeeds
     * or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SnoozeActivity.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchSnoozeActivities(dev.upnext.v1.BatchSnoozeActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSnoozeActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchSnoozeActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a manual activity on a record, without a sequence. It is due at its `due_time`, in
     * the queue of the record's owner, and follows the record like every other activity:
     * streams, lists, leases and all calls know it. With a `queue` it is put into that one
     * instead, and stays there until the record has another owner, like after
     * ReassignActivity. It is canceled when its record is closed or deleted. A `due_time` that
     * hasn't come yet makes it SCHEDULED. A salesperson makes them on their own records, for
     * anybody.
     * Precondition: The record is active, with fewer than 100 open manual activities.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * activity is made.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, queue), RECORD_CLOSED, TEMPLATE_UNKNOWN,
     * FIELD_TOO_LONG, FIELD_INVALID (due_time, queue), ACTIVITY_HAS_WARNINGS, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void createActivity(dev.upnext.v1.CreateActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes up to 1,000 manual activities like CreateActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in CreateActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchCreateActivities(dev.upnext.v1.BatchCreateActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCreateActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchCreateActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Cancels a manual activity: nobody has to do it any more.
     * Precondition: The activity is a manual one, and open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void cancelActivity(dev.upnext.v1.CancelActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CancelActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the note, the read mark and the follow mark of an activity. The activity stays
     * where it is, and the timeline tells nothing of it. Of a manual activity, also changes
     * the texts and the due time: it takes the place of its new due time, and is SCHEDULED
     * until then. A snooze that lasts longer goes on.
     * Precondition: The activity is open. Of a closed one only the note can be changed, as
     * long as its record isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * FIELD_INVALID (due_time), FIELD_IMMUTABLE (another kind), TEMPLATE_UNKNOWN,
     * UPDATE_MASK_INVALID, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateActivity(dev.upnext.v1.UpdateActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves under a name what ListActivities lists: for one seller, or for everybody. It is
     * checked like a list. A salesperson creates their own views: `owner` is `sellers/me`.
     * Precondition: The seller has fewer than 100 views; or fewer than 100 are for everybody.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (record type, owner), ROLE_REQUIRED,
     * CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, LIMIT_EXCEEDED, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createView(dev.upnext.v1.CreateViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateViewResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateViewMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one view. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getView(dev.upnext.v1.GetViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetViewResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetViewMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists views, ordered by id. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listViews(dev.upnext.v1.ListViewsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListViewsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListViewsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a view. Lists use the change from their next first page on; an earlier page
     * token is refused (PAGE_TOKEN_INVALID). A salesperson changes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type), ROLE_REQUIRED,
     * ETAG_MISMATCH, CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateView(dev.upnext.v1.UpdateViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateViewResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateViewMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a view for good. A salesperson deletes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteView(dev.upnext.v1.DeleteViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteViewResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteViewMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a snoozed activity due at once, in its old place. A SCHEDULED one gets the current
     * time as its `due_time`.
     * Precondition: The activity is snoozed, and its enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_NOT_SNOOZED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_NOT_SNOOZED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void unsnoozeActivity(dev.upnext.v1.UnsnoozeActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UnsnoozeActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUnsnoozeActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Moves an activity to another queue, with its due time, place and snooze; a lease ends.
     * It stays there until its assignee changes: the record's new owner, or the seller whom
     * the attribute in `assign_to` then names. Then it moves to that queue. The next steps of
     * its enrollment are assigned as usual. An activity that is in the queue already stays as
     * it is.
     * Precondition: The activity is due or snoozed, and not one that workers carry out. Its
     * enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing
     * changes.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (queue), ACTIVITY_CLOSED,
     * ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its sequence was just deactivated),
     * ACTIVITY_AUTOMATED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void reassignActivity(dev.upnext.v1.ReassignActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReassignActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reassigns up to 1,000 activities like ReassignActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * ReassignActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchReassignActivities(dev.upnext.v1.BatchReassignActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchReassignActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchReassignActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes up to `max_activities` due activities from the head of a queue, in queue order,
     * each under a lease: until it ends, nobody else can complete, skip or snooze the
     * activity. Activities that are leased are passed over, and those that another call is
     * changing at this moment. If there is none, waits for up to `wait_duration` until there
     * is.
     * A lease ends when its activity is closed, snoozed, paused or moves to another queue,
     * when it is given back, and at its `expire_time`. After the last two the activity is due
     * as before, in its old place, for whoever comes next. A leased activity stays in the
     * queue's lists and streams, with its `lease`.
     * Repetition: The same `request_id` gets the same leases again, for 24 hours; an empty
     * answer isn't kept. Without one, other activities are leased.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND (queue), REQUEST_ID_REUSED.
     * </pre>
     */
    default void acquireActivities(dev.upnext.v1.AcquireActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.AcquireActivitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcquireActivitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a lease another `expire_time`: `lease_duration` from now, which may be earlier
     * than before.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * extended again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    default void extendLease(dev.upnext.v1.ExtendLeaseRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExtendLeaseResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExtendLeaseMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a leased activity back: it is due as before, in its old place, for whoever comes
     * next.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    default void releaseActivity(dev.upnext.v1.ReleaseActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReleaseActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseActivityMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service WorkQueueService.
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class WorkQueueServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return WorkQueueServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service WorkQueueService.
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class WorkQueueServiceStub
      extends io.grpc.stub.AbstractAsyncStub<WorkQueueServiceStub> {
    private WorkQueueServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkQueueServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkQueueServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists open activities in queue order, the due ones, unless the request says otherwise;
     * or activities that were closed since a time, the last closed one first. Of closed ones a
     * salesperson sees those of the own queue, and those that they closed themselves.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listActivities(dev.upnext.v1.ListActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells for each seller what there is to do in the seller's queue, and what the seller did
     * today, in the order of their ids. A salesperson is told their own alone.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (team), PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void summarizeWorkQueues(dev.upnext.v1.SummarizeWorkQueuesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SummarizeWorkQueuesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSummarizeWorkQueuesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one activity, open or closed.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getActivity(dev.upnext.v1.GetActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns a record's current activities and waits, its next steps, and what was done. A
     * salesperson may ask for their own records.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getUpNext(dev.upnext.v1.GetUpNextRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetUpNextResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUpNextMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps a client's list equal to the first `window_size` due activities of a queue.
     * The stream synchronizes state; it does not replay a log. It begins with a snapshot, or
     * with a heartbeat if `resume_token` names the current state. Then each visible change of
     * the queue comes as one update: apply removals, then upserts (by `name`, sorted by
     * `order_key`), and the client's list equals the queue at `queue_revision`. Several
     * changes may come as one update. Nothing is lost or torn. Revisions never go back, except
     * in a snapshot with cause RESTORED. A change that is too large for one message comes in
     * several; all but the last are `partial`.
     * Once a message has been applied, its `resume_token` may be kept, across disconnects and
     * servers. It grants no access and never expires: if it no longer fits, the stream begins
     * with a snapshot. While disconnected, a client may continue to show its last list. A slow
     * client gets the newest state when it reads again. After three missed heartbeats the
     * stream is dead: open it again.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access, and at the instant at which the key or the token (TOKEN_EXPIRED) expires.
     * With a `filter` or a `saved_view`, all of this is true of the activities that match: the
     * window is the first of them. One that no longer matches is removed as DISPLACED. The
     * counts stay those of the whole queue. A stream follows its view. Within seconds after
     * the view's filter or record type changes, the stream sends a snapshot with cause
     * FILTER_CHANGED. It ends with RESOURCE_NOT_FOUND after the view is deleted, and with
     * FIELD_INVALID after a change that a stream can't show. A new `window_size` of the view
     * counts only for streams that are opened later.
     * Of one seller at most ten streams are open. One more is opened all the same, and an
     * earlier one ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS): an earlier one of the same
     * client, which its `resume_token` tells, or else the oldest. So a client whose
     * connections broke never waits for the server to notice.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, view), CONDITION_INVALID (filter), FIELD_INVALID
     * (saved_view), RESUME_TOKEN_INVALID, TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public void watchWorkQueue(dev.upnext.v1.WatchWorkQueueRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchWorkQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchWorkQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends the head of a queue: immediately, and again whenever there is another head or it
     * changes. A message may repeat what the client has. Without a head, the message has no
     * activity, but the time at which the next one is known to fall due. While nothing
     * changes, the last message is repeated at the heartbeat's interval. It ends like
     * WatchWorkQueue, but without a `draining` message.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue), TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public void watchNextActivity(dev.upnext.v1.WatchNextActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchNextActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchNextActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Completes an activity. Its enrollment moves to the next step or wait in the same
     * transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, OUTCOME_REQUIRED,
     * OUTCOME_UNKNOWN (phone calls), DISPOSITION_UNKNOWN, FIELD_TOO_LONG, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void completeActivity(dev.upnext.v1.CompleteActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CompleteActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCompleteActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Completes up to 1,000 activities like CompleteActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * CompleteActivity. Of an activity that comes twice the first item completes it; the
     * second is answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchCompleteActivities(dev.upnext.v1.BatchCompleteActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCompleteActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchCompleteActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Skips an activity without doing it. Its enrollment moves to the next step or wait in the
     * same transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void skipActivity(dev.upnext.v1.SkipActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SkipActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSkipActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Postpones an activity: it leaves the list, and is due again at `until`, in its old
     * place. Snoozing a snoozed activity changes the time. A lease ends.
     * Precondition: The activity is due or snoozed; `until` is in the future, at most 365 days
     * ahead. If it is leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * snoozed again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void snoozeActivity(dev.upnext.v1.SnoozeActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SnoozeActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSnoozeActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes back a mistaken CompleteActivity or SkipActivity: the activity is open again, with
     * its old due time and place, and with a snooze that still lasts. Its outcome and note are
     * gone; only the timeline keeps them. The enrollment returns to that step. What followed
     * is taken back in the same transaction: the next activity is CANCELED, a wait ends, a
     * COMPLETED enrollment is ACTIVE again. Activities that upnext skipped in between stay
     * skipped, and come again with their step.
     * Precondition: The activity was completed or skipped by somebody, not longer ago than the
     * organization's `reopen_grace_period`. Nobody has completed, skipped or snoozed a later
     * activity of the enrollment, or skipped its wait. The enrollment hasn't exited. If it is
     * COMPLETED, its record is active, wasn't enrolled in the sequence again, and is still in
     * the segment that enrolled it; the sequence isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_OPEN.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_OPEN, REOPEN_GRACE_OVER, LATER_STEP_ACTED_ON,
     * ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLED_AGAIN, RECORD_CLOSED, RESOURCE_DELETED
     * (sequence), ACTIVITY_NOT_REOPENABLE, FIELD_TOO_LONG, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void reopenActivity(dev.upnext.v1.ReopenActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReopenActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Skips up to 1,000 activities like SkipActivity, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SkipActivity. Of an activity that comes twice the first item skips it; the second is
     * answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchSkipActivities(dev.upnext.v1.BatchSkipActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSkipActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchSkipActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Snoozes up to 1,000 activities like SnoozeActivity, in their order; each item succeeds
     * or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SnoozeActivity.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchSnoozeActivities(dev.upnext.v1.BatchSnoozeActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSnoozeActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchSnoozeActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a manual activity on a record, without a sequence. It is due at its `due_time`, in
     * the queue of the record's owner, and follows the record like every other activity:
     * streams, lists, leases and all calls know it. With a `queue` it is put into that one
     * instead, and stays there until the record has another owner, like after
     * ReassignActivity. It is canceled when its record is closed or deleted. A `due_time` that
     * hasn't come yet makes it SCHEDULED. A salesperson makes them on their own records, for
     * anybody.
     * Precondition: The record is active, with fewer than 100 open manual activities.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * activity is made.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, queue), RECORD_CLOSED, TEMPLATE_UNKNOWN,
     * FIELD_TOO_LONG, FIELD_INVALID (due_time, queue), ACTIVITY_HAS_WARNINGS, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void createActivity(dev.upnext.v1.CreateActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes up to 1,000 manual activities like CreateActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in CreateActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchCreateActivities(dev.upnext.v1.BatchCreateActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCreateActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchCreateActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Cancels a manual activity: nobody has to do it any more.
     * Precondition: The activity is a manual one, and open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void cancelActivity(dev.upnext.v1.CancelActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CancelActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the note, the read mark and the follow mark of an activity. The activity stays
     * where it is, and the timeline tells nothing of it. Of a manual activity, also changes
     * the texts and the due time: it takes the place of its new due time, and is SCHEDULED
     * until then. A snooze that lasts longer goes on.
     * Precondition: The activity is open. Of a closed one only the note can be changed, as
     * long as its record isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * FIELD_INVALID (due_time), FIELD_IMMUTABLE (another kind), TEMPLATE_UNKNOWN,
     * UPDATE_MASK_INVALID, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateActivity(dev.upnext.v1.UpdateActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves under a name what ListActivities lists: for one seller, or for everybody. It is
     * checked like a list. A salesperson creates their own views: `owner` is `sellers/me`.
     * Precondition: The seller has fewer than 100 views; or fewer than 100 are for everybody.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (record type, owner), ROLE_REQUIRED,
     * CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, LIMIT_EXCEEDED, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createView(dev.upnext.v1.CreateViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateViewResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateViewMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one view. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getView(dev.upnext.v1.GetViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetViewResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetViewMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists views, ordered by id. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listViews(dev.upnext.v1.ListViewsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListViewsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListViewsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a view. Lists use the change from their next first page on; an earlier page
     * token is refused (PAGE_TOKEN_INVALID). A salesperson changes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type), ROLE_REQUIRED,
     * ETAG_MISMATCH, CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateView(dev.upnext.v1.UpdateViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateViewResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateViewMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a view for good. A salesperson deletes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteView(dev.upnext.v1.DeleteViewRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteViewResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteViewMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a snoozed activity due at once, in its old place. A SCHEDULED one gets the current
     * time as its `due_time`.
     * Precondition: The activity is snoozed, and its enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_NOT_SNOOZED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_NOT_SNOOZED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void unsnoozeActivity(dev.upnext.v1.UnsnoozeActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UnsnoozeActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUnsnoozeActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Moves an activity to another queue, with its due time, place and snooze; a lease ends.
     * It stays there until its assignee changes: the record's new owner, or the seller whom
     * the attribute in `assign_to` then names. Then it moves to that queue. The next steps of
     * its enrollment are assigned as usual. An activity that is in the queue already stays as
     * it is.
     * Precondition: The activity is due or snoozed, and not one that workers carry out. Its
     * enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing
     * changes.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (queue), ACTIVITY_CLOSED,
     * ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its sequence was just deactivated),
     * ACTIVITY_AUTOMATED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void reassignActivity(dev.upnext.v1.ReassignActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReassignActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reassigns up to 1,000 activities like ReassignActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * ReassignActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchReassignActivities(dev.upnext.v1.BatchReassignActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchReassignActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchReassignActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes up to `max_activities` due activities from the head of a queue, in queue order,
     * each under a lease: until it ends, nobody else can complete, skip or snooze the
     * activity. Activities that are leased are passed over, and those that another call is
     * changing at this moment. If there is none, waits for up to `wait_duration` until there
     * is.
     * A lease ends when its activity is closed, snoozed, paused or moves to another queue,
     * when it is given back, and at its `expire_time`. After the last two the activity is due
     * as before, in its old place, for whoever comes next. A leased activity stays in the
     * queue's lists and streams, with its `lease`.
     * Repetition: The same `request_id` gets the same leases again, for 24 hours; an empty
     * answer isn't kept. Without one, other activities are leased.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND (queue), REQUEST_ID_REUSED.
     * </pre>
     */
    public void acquireActivities(dev.upnext.v1.AcquireActivitiesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.AcquireActivitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcquireActivitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a lease another `expire_time`: `lease_duration` from now, which may be earlier
     * than before.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * extended again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public void extendLease(dev.upnext.v1.ExtendLeaseRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExtendLeaseResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExtendLeaseMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a leased activity back: it is due as before, in its old place, for whoever comes
     * next.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public void releaseActivity(dev.upnext.v1.ReleaseActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReleaseActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseActivityMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service WorkQueueService.
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class WorkQueueServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<WorkQueueServiceBlockingV2Stub> {
    private WorkQueueServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkQueueServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkQueueServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists open activities in queue order, the due ones, unless the request says otherwise;
     * or activities that were closed since a time, the last closed one first. Of closed ones a
     * salesperson sees those of the own queue, and those that they closed themselves.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListActivitiesResponse listActivities(dev.upnext.v1.ListActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells for each seller what there is to do in the seller's queue, and what the seller did
     * today, in the order of their ids. A salesperson is told their own alone.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (team), PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.SummarizeWorkQueuesResponse summarizeWorkQueues(dev.upnext.v1.SummarizeWorkQueuesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSummarizeWorkQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one activity, open or closed.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetActivityResponse getActivity(dev.upnext.v1.GetActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a record's current activities and waits, its next steps, and what was done. A
     * salesperson may ask for their own records.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetUpNextResponse getUpNext(dev.upnext.v1.GetUpNextRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUpNextMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a client's list equal to the first `window_size` due activities of a queue.
     * The stream synchronizes state; it does not replay a log. It begins with a snapshot, or
     * with a heartbeat if `resume_token` names the current state. Then each visible change of
     * the queue comes as one update: apply removals, then upserts (by `name`, sorted by
     * `order_key`), and the client's list equals the queue at `queue_revision`. Several
     * changes may come as one update. Nothing is lost or torn. Revisions never go back, except
     * in a snapshot with cause RESTORED. A change that is too large for one message comes in
     * several; all but the last are `partial`.
     * Once a message has been applied, its `resume_token` may be kept, across disconnects and
     * servers. It grants no access and never expires: if it no longer fits, the stream begins
     * with a snapshot. While disconnected, a client may continue to show its last list. A slow
     * client gets the newest state when it reads again. After three missed heartbeats the
     * stream is dead: open it again.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access, and at the instant at which the key or the token (TOKEN_EXPIRED) expires.
     * With a `filter` or a `saved_view`, all of this is true of the activities that match: the
     * window is the first of them. One that no longer matches is removed as DISPLACED. The
     * counts stay those of the whole queue. A stream follows its view. Within seconds after
     * the view's filter or record type changes, the stream sends a snapshot with cause
     * FILTER_CHANGED. It ends with RESOURCE_NOT_FOUND after the view is deleted, and with
     * FIELD_INVALID after a change that a stream can't show. A new `window_size` of the view
     * counts only for streams that are opened later.
     * Of one seller at most ten streams are open. One more is opened all the same, and an
     * earlier one ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS): an earlier one of the same
     * client, which its `resume_token` tells, or else the oldest. So a client whose
     * connections broke never waits for the server to notice.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, view), CONDITION_INVALID (filter), FIELD_INVALID
     * (saved_view), RESUME_TOKEN_INVALID, TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.upnext.v1.WatchWorkQueueResponse>
        watchWorkQueue(dev.upnext.v1.WatchWorkQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchWorkQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends the head of a queue: immediately, and again whenever there is another head or it
     * changes. A message may repeat what the client has. Without a head, the message has no
     * activity, but the time at which the next one is known to fall due. While nothing
     * changes, the last message is repeated at the heartbeat's interval. It ends like
     * WatchWorkQueue, but without a `draining` message.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue), TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.upnext.v1.WatchNextActivityResponse>
        watchNextActivity(dev.upnext.v1.WatchNextActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchNextActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes an activity. Its enrollment moves to the next step or wait in the same
     * transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, OUTCOME_REQUIRED,
     * OUTCOME_UNKNOWN (phone calls), DISPOSITION_UNKNOWN, FIELD_TOO_LONG, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CompleteActivityResponse completeActivity(dev.upnext.v1.CompleteActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCompleteActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes up to 1,000 activities like CompleteActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * CompleteActivity. Of an activity that comes twice the first item completes it; the
     * second is answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchCompleteActivitiesResponse batchCompleteActivities(dev.upnext.v1.BatchCompleteActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchCompleteActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Skips an activity without doing it. Its enrollment moves to the next step or wait in the
     * same transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SkipActivityResponse skipActivity(dev.upnext.v1.SkipActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSkipActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Postpones an activity: it leaves the list, and is due again at `until`, in its old
     * place. Snoozing a snoozed activity changes the time. A lease ends.
     * Precondition: The activity is due or snoozed; `until` is in the future, at most 365 days
     * ahead. If it is leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * snoozed again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SnoozeActivityResponse snoozeActivity(dev.upnext.v1.SnoozeActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSnoozeActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes back a mistaken CompleteActivity or SkipActivity: the activity is open again, with
     * its old due time and place, and with a snooze that still lasts. Its outcome and note are
     * gone; only the timeline keeps them. The enrollment returns to that step. What followed
     * is taken back in the same transaction: the next activity is CANCELED, a wait ends, a
     * COMPLETED enrollment is ACTIVE again. Activities that upnext skipped in between stay
     * skipped, and come again with their step.
     * Precondition: The activity was completed or skipped by somebody, not longer ago than the
     * organization's `reopen_grace_period`. Nobody has completed, skipped or snoozed a later
     * activity of the enrollment, or skipped its wait. The enrollment hasn't exited. If it is
     * COMPLETED, its record is active, wasn't enrolled in the sequence again, and is still in
     * the segment that enrolled it; the sequence isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_OPEN.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_OPEN, REOPEN_GRACE_OVER, LATER_STEP_ACTED_ON,
     * ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLED_AGAIN, RECORD_CLOSED, RESOURCE_DELETED
     * (sequence), ACTIVITY_NOT_REOPENABLE, FIELD_TOO_LONG, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReopenActivityResponse reopenActivity(dev.upnext.v1.ReopenActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReopenActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Skips up to 1,000 activities like SkipActivity, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SkipActivity. Of an activity that comes twice the first item skips it; the second is
     * answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchSkipActivitiesResponse batchSkipActivities(dev.upnext.v1.BatchSkipActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchSkipActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Snoozes up to 1,000 activities like SnoozeActivity, in their order; each item succeeds
     * or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SnoozeActivity.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchSnoozeActivitiesResponse batchSnoozeActivities(dev.upnext.v1.BatchSnoozeActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchSnoozeActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a manual activity on a record, without a sequence. It is due at its `due_time`, in
     * the queue of the record's owner, and follows the record like every other activity:
     * streams, lists, leases and all calls know it. With a `queue` it is put into that one
     * instead, and stays there until the record has another owner, like after
     * ReassignActivity. It is canceled when its record is closed or deleted. A `due_time` that
     * hasn't come yet makes it SCHEDULED. A salesperson makes them on their own records, for
     * anybody.
     * Precondition: The record is active, with fewer than 100 open manual activities.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * activity is made.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, queue), RECORD_CLOSED, TEMPLATE_UNKNOWN,
     * FIELD_TOO_LONG, FIELD_INVALID (due_time, queue), ACTIVITY_HAS_WARNINGS, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateActivityResponse createActivity(dev.upnext.v1.CreateActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes up to 1,000 manual activities like CreateActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in CreateActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchCreateActivitiesResponse batchCreateActivities(dev.upnext.v1.BatchCreateActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchCreateActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cancels a manual activity: nobody has to do it any more.
     * Precondition: The activity is a manual one, and open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CancelActivityResponse cancelActivity(dev.upnext.v1.CancelActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the note, the read mark and the follow mark of an activity. The activity stays
     * where it is, and the timeline tells nothing of it. Of a manual activity, also changes
     * the texts and the due time: it takes the place of its new due time, and is SCHEDULED
     * until then. A snooze that lasts longer goes on.
     * Precondition: The activity is open. Of a closed one only the note can be changed, as
     * long as its record isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * FIELD_INVALID (due_time), FIELD_IMMUTABLE (another kind), TEMPLATE_UNKNOWN,
     * UPDATE_MASK_INVALID, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateActivityResponse updateActivity(dev.upnext.v1.UpdateActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves under a name what ListActivities lists: for one seller, or for everybody. It is
     * checked like a list. A salesperson creates their own views: `owner` is `sellers/me`.
     * Precondition: The seller has fewer than 100 views; or fewer than 100 are for everybody.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (record type, owner), ROLE_REQUIRED,
     * CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, LIMIT_EXCEEDED, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateViewResponse createView(dev.upnext.v1.CreateViewRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one view. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetViewResponse getView(dev.upnext.v1.GetViewRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists views, ordered by id. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListViewsResponse listViews(dev.upnext.v1.ListViewsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListViewsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a view. Lists use the change from their next first page on; an earlier page
     * token is refused (PAGE_TOKEN_INVALID). A salesperson changes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type), ROLE_REQUIRED,
     * ETAG_MISMATCH, CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateViewResponse updateView(dev.upnext.v1.UpdateViewRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a view for good. A salesperson deletes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteViewResponse deleteView(dev.upnext.v1.DeleteViewRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a snoozed activity due at once, in its old place. A SCHEDULED one gets the current
     * time as its `due_time`.
     * Precondition: The activity is snoozed, and its enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_NOT_SNOOZED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_NOT_SNOOZED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UnsnoozeActivityResponse unsnoozeActivity(dev.upnext.v1.UnsnoozeActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUnsnoozeActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves an activity to another queue, with its due time, place and snooze; a lease ends.
     * It stays there until its assignee changes: the record's new owner, or the seller whom
     * the attribute in `assign_to` then names. Then it moves to that queue. The next steps of
     * its enrollment are assigned as usual. An activity that is in the queue already stays as
     * it is.
     * Precondition: The activity is due or snoozed, and not one that workers carry out. Its
     * enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing
     * changes.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (queue), ACTIVITY_CLOSED,
     * ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its sequence was just deactivated),
     * ACTIVITY_AUTOMATED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignActivityResponse reassignActivity(dev.upnext.v1.ReassignActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReassignActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reassigns up to 1,000 activities like ReassignActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * ReassignActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchReassignActivitiesResponse batchReassignActivities(dev.upnext.v1.BatchReassignActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchReassignActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up to `max_activities` due activities from the head of a queue, in queue order,
     * each under a lease: until it ends, nobody else can complete, skip or snooze the
     * activity. Activities that are leased are passed over, and those that another call is
     * changing at this moment. If there is none, waits for up to `wait_duration` until there
     * is.
     * A lease ends when its activity is closed, snoozed, paused or moves to another queue,
     * when it is given back, and at its `expire_time`. After the last two the activity is due
     * as before, in its old place, for whoever comes next. A leased activity stays in the
     * queue's lists and streams, with its `lease`.
     * Repetition: The same `request_id` gets the same leases again, for 24 hours; an empty
     * answer isn't kept. Without one, other activities are leased.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND (queue), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.AcquireActivitiesResponse acquireActivities(dev.upnext.v1.AcquireActivitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcquireActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a lease another `expire_time`: `lease_duration` from now, which may be earlier
     * than before.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * extended again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ExtendLeaseResponse extendLease(dev.upnext.v1.ExtendLeaseRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExtendLeaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a leased activity back: it is due as before, in its old place, for whoever comes
     * next.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReleaseActivityResponse releaseActivity(dev.upnext.v1.ReleaseActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseActivityMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service WorkQueueService.
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class WorkQueueServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<WorkQueueServiceBlockingStub> {
    private WorkQueueServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkQueueServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkQueueServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists open activities in queue order, the due ones, unless the request says otherwise;
     * or activities that were closed since a time, the last closed one first. Of closed ones a
     * salesperson sees those of the own queue, and those that they closed themselves.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListActivitiesResponse listActivities(dev.upnext.v1.ListActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells for each seller what there is to do in the seller's queue, and what the seller did
     * today, in the order of their ids. A salesperson is told their own alone.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (team), PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.SummarizeWorkQueuesResponse summarizeWorkQueues(dev.upnext.v1.SummarizeWorkQueuesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSummarizeWorkQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one activity, open or closed.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetActivityResponse getActivity(dev.upnext.v1.GetActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a record's current activities and waits, its next steps, and what was done. A
     * salesperson may ask for their own records.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetUpNextResponse getUpNext(dev.upnext.v1.GetUpNextRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUpNextMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a client's list equal to the first `window_size` due activities of a queue.
     * The stream synchronizes state; it does not replay a log. It begins with a snapshot, or
     * with a heartbeat if `resume_token` names the current state. Then each visible change of
     * the queue comes as one update: apply removals, then upserts (by `name`, sorted by
     * `order_key`), and the client's list equals the queue at `queue_revision`. Several
     * changes may come as one update. Nothing is lost or torn. Revisions never go back, except
     * in a snapshot with cause RESTORED. A change that is too large for one message comes in
     * several; all but the last are `partial`.
     * Once a message has been applied, its `resume_token` may be kept, across disconnects and
     * servers. It grants no access and never expires: if it no longer fits, the stream begins
     * with a snapshot. While disconnected, a client may continue to show its last list. A slow
     * client gets the newest state when it reads again. After three missed heartbeats the
     * stream is dead: open it again.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access, and at the instant at which the key or the token (TOKEN_EXPIRED) expires.
     * With a `filter` or a `saved_view`, all of this is true of the activities that match: the
     * window is the first of them. One that no longer matches is removed as DISPLACED. The
     * counts stay those of the whole queue. A stream follows its view. Within seconds after
     * the view's filter or record type changes, the stream sends a snapshot with cause
     * FILTER_CHANGED. It ends with RESOURCE_NOT_FOUND after the view is deleted, and with
     * FIELD_INVALID after a change that a stream can't show. A new `window_size` of the view
     * counts only for streams that are opened later.
     * Of one seller at most ten streams are open. One more is opened all the same, and an
     * earlier one ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS): an earlier one of the same
     * client, which its `resume_token` tells, or else the oldest. So a client whose
     * connections broke never waits for the server to notice.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, view), CONDITION_INVALID (filter), FIELD_INVALID
     * (saved_view), RESUME_TOKEN_INVALID, TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public java.util.Iterator<dev.upnext.v1.WatchWorkQueueResponse> watchWorkQueue(
        dev.upnext.v1.WatchWorkQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchWorkQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends the head of a queue: immediately, and again whenever there is another head or it
     * changes. A message may repeat what the client has. Without a head, the message has no
     * activity, but the time at which the next one is known to fall due. While nothing
     * changes, the last message is repeated at the heartbeat's interval. It ends like
     * WatchWorkQueue, but without a `draining` message.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue), TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public java.util.Iterator<dev.upnext.v1.WatchNextActivityResponse> watchNextActivity(
        dev.upnext.v1.WatchNextActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchNextActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes an activity. Its enrollment moves to the next step or wait in the same
     * transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, OUTCOME_REQUIRED,
     * OUTCOME_UNKNOWN (phone calls), DISPOSITION_UNKNOWN, FIELD_TOO_LONG, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CompleteActivityResponse completeActivity(dev.upnext.v1.CompleteActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCompleteActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes up to 1,000 activities like CompleteActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * CompleteActivity. Of an activity that comes twice the first item completes it; the
     * second is answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchCompleteActivitiesResponse batchCompleteActivities(dev.upnext.v1.BatchCompleteActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchCompleteActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Skips an activity without doing it. Its enrollment moves to the next step or wait in the
     * same transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SkipActivityResponse skipActivity(dev.upnext.v1.SkipActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSkipActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Postpones an activity: it leaves the list, and is due again at `until`, in its old
     * place. Snoozing a snoozed activity changes the time. A lease ends.
     * Precondition: The activity is due or snoozed; `until` is in the future, at most 365 days
     * ahead. If it is leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * snoozed again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SnoozeActivityResponse snoozeActivity(dev.upnext.v1.SnoozeActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSnoozeActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes back a mistaken CompleteActivity or SkipActivity: the activity is open again, with
     * its old due time and place, and with a snooze that still lasts. Its outcome and note are
     * gone; only the timeline keeps them. The enrollment returns to that step. What followed
     * is taken back in the same transaction: the next activity is CANCELED, a wait ends, a
     * COMPLETED enrollment is ACTIVE again. Activities that upnext skipped in between stay
     * skipped, and come again with their step.
     * Precondition: The activity was completed or skipped by somebody, not longer ago than the
     * organization's `reopen_grace_period`. Nobody has completed, skipped or snoozed a later
     * activity of the enrollment, or skipped its wait. The enrollment hasn't exited. If it is
     * COMPLETED, its record is active, wasn't enrolled in the sequence again, and is still in
     * the segment that enrolled it; the sequence isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_OPEN.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_OPEN, REOPEN_GRACE_OVER, LATER_STEP_ACTED_ON,
     * ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLED_AGAIN, RECORD_CLOSED, RESOURCE_DELETED
     * (sequence), ACTIVITY_NOT_REOPENABLE, FIELD_TOO_LONG, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReopenActivityResponse reopenActivity(dev.upnext.v1.ReopenActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReopenActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Skips up to 1,000 activities like SkipActivity, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SkipActivity. Of an activity that comes twice the first item skips it; the second is
     * answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchSkipActivitiesResponse batchSkipActivities(dev.upnext.v1.BatchSkipActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchSkipActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Snoozes up to 1,000 activities like SnoozeActivity, in their order; each item succeeds
     * or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SnoozeActivity.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchSnoozeActivitiesResponse batchSnoozeActivities(dev.upnext.v1.BatchSnoozeActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchSnoozeActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a manual activity on a record, without a sequence. It is due at its `due_time`, in
     * the queue of the record's owner, and follows the record like every other activity:
     * streams, lists, leases and all calls know it. With a `queue` it is put into that one
     * instead, and stays there until the record has another owner, like after
     * ReassignActivity. It is canceled when its record is closed or deleted. A `due_time` that
     * hasn't come yet makes it SCHEDULED. A salesperson makes them on their own records, for
     * anybody.
     * Precondition: The record is active, with fewer than 100 open manual activities.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * activity is made.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, queue), RECORD_CLOSED, TEMPLATE_UNKNOWN,
     * FIELD_TOO_LONG, FIELD_INVALID (due_time, queue), ACTIVITY_HAS_WARNINGS, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateActivityResponse createActivity(dev.upnext.v1.CreateActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes up to 1,000 manual activities like CreateActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in CreateActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchCreateActivitiesResponse batchCreateActivities(dev.upnext.v1.BatchCreateActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchCreateActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cancels a manual activity: nobody has to do it any more.
     * Precondition: The activity is a manual one, and open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CancelActivityResponse cancelActivity(dev.upnext.v1.CancelActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the note, the read mark and the follow mark of an activity. The activity stays
     * where it is, and the timeline tells nothing of it. Of a manual activity, also changes
     * the texts and the due time: it takes the place of its new due time, and is SCHEDULED
     * until then. A snooze that lasts longer goes on.
     * Precondition: The activity is open. Of a closed one only the note can be changed, as
     * long as its record isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * FIELD_INVALID (due_time), FIELD_IMMUTABLE (another kind), TEMPLATE_UNKNOWN,
     * UPDATE_MASK_INVALID, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateActivityResponse updateActivity(dev.upnext.v1.UpdateActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves under a name what ListActivities lists: for one seller, or for everybody. It is
     * checked like a list. A salesperson creates their own views: `owner` is `sellers/me`.
     * Precondition: The seller has fewer than 100 views; or fewer than 100 are for everybody.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (record type, owner), ROLE_REQUIRED,
     * CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, LIMIT_EXCEEDED, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateViewResponse createView(dev.upnext.v1.CreateViewRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one view. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetViewResponse getView(dev.upnext.v1.GetViewRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists views, ordered by id. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListViewsResponse listViews(dev.upnext.v1.ListViewsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListViewsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a view. Lists use the change from their next first page on; an earlier page
     * token is refused (PAGE_TOKEN_INVALID). A salesperson changes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type), ROLE_REQUIRED,
     * ETAG_MISMATCH, CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateViewResponse updateView(dev.upnext.v1.UpdateViewRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a view for good. A salesperson deletes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteViewResponse deleteView(dev.upnext.v1.DeleteViewRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteViewMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a snoozed activity due at once, in its old place. A SCHEDULED one gets the current
     * time as its `due_time`.
     * Precondition: The activity is snoozed, and its enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_NOT_SNOOZED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_NOT_SNOOZED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UnsnoozeActivityResponse unsnoozeActivity(dev.upnext.v1.UnsnoozeActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUnsnoozeActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves an activity to another queue, with its due time, place and snooze; a lease ends.
     * It stays there until its assignee changes: the record's new owner, or the seller whom
     * the attribute in `assign_to` then names. Then it moves to that queue. The next steps of
     * its enrollment are assigned as usual. An activity that is in the queue already stays as
     * it is.
     * Precondition: The activity is due or snoozed, and not one that workers carry out. Its
     * enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing
     * changes.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (queue), ACTIVITY_CLOSED,
     * ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its sequence was just deactivated),
     * ACTIVITY_AUTOMATED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignActivityResponse reassignActivity(dev.upnext.v1.ReassignActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReassignActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reassigns up to 1,000 activities like ReassignActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * ReassignActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchReassignActivitiesResponse batchReassignActivities(dev.upnext.v1.BatchReassignActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchReassignActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up to `max_activities` due activities from the head of a queue, in queue order,
     * each under a lease: until it ends, nobody else can complete, skip or snooze the
     * activity. Activities that are leased are passed over, and those that another call is
     * changing at this moment. If there is none, waits for up to `wait_duration` until there
     * is.
     * A lease ends when its activity is closed, snoozed, paused or moves to another queue,
     * when it is given back, and at its `expire_time`. After the last two the activity is due
     * as before, in its old place, for whoever comes next. A leased activity stays in the
     * queue's lists and streams, with its `lease`.
     * Repetition: The same `request_id` gets the same leases again, for 24 hours; an empty
     * answer isn't kept. Without one, other activities are leased.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND (queue), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.AcquireActivitiesResponse acquireActivities(dev.upnext.v1.AcquireActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcquireActivitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a lease another `expire_time`: `lease_duration` from now, which may be earlier
     * than before.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * extended again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ExtendLeaseResponse extendLease(dev.upnext.v1.ExtendLeaseRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExtendLeaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a leased activity back: it is due as before, in its old place, for whoever comes
     * next.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReleaseActivityResponse releaseActivity(dev.upnext.v1.ReleaseActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseActivityMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service WorkQueueService.
   * <pre>
   * The queues of due activities: list them, watch them live, act on them. A queue is
   * `sellers/{seller}` (`sellers/me`: the caller's own) or `teams/{team}`; `teams/unassigned`
   * is built in and holds the activities of records without an owner, `teams/automation` what
   * workers carry out. A salesperson only sees and acts on their own queue; any other is
   * answered with RESOURCE_NOT_FOUND. A worker takes activities from the queues of teams, and
   * acts on them under a lease. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class WorkQueueServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<WorkQueueServiceFutureStub> {
    private WorkQueueServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkQueueServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkQueueServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists open activities in queue order, the due ones, unless the request says otherwise;
     * or activities that were closed since a time, the last closed one first. Of closed ones a
     * salesperson sees those of the own queue, and those that they closed themselves.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (queue, record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListActivitiesResponse> listActivities(
        dev.upnext.v1.ListActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells for each seller what there is to do in the seller's queue, and what the seller did
     * today, in the order of their ids. A salesperson is told their own alone.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (team), PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.SummarizeWorkQueuesResponse> summarizeWorkQueues(
        dev.upnext.v1.SummarizeWorkQueuesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSummarizeWorkQueuesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one activity, open or closed.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetActivityResponse> getActivity(
        dev.upnext.v1.GetActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns a record's current activities and waits, its next steps, and what was done. A
     * salesperson may ask for their own records.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetUpNextResponse> getUpNext(
        dev.upnext.v1.GetUpNextRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUpNextMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Completes an activity. Its enrollment moves to the next step or wait in the same
     * transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, OUTCOME_REQUIRED,
     * OUTCOME_UNKNOWN (phone calls), DISPOSITION_UNKNOWN, FIELD_TOO_LONG, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CompleteActivityResponse> completeActivity(
        dev.upnext.v1.CompleteActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCompleteActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Completes up to 1,000 activities like CompleteActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * CompleteActivity. Of an activity that comes twice the first item completes it; the
     * second is answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchCompleteActivitiesResponse> batchCompleteActivities(
        dev.upnext.v1.BatchCompleteActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchCompleteActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Skips an activity without doing it. Its enrollment moves to the next step or wait in the
     * same transaction.
     * Precondition: The activity is due or snoozed, and its enrollment isn't paused. If it is
     * leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.SkipActivityResponse> skipActivity(
        dev.upnext.v1.SkipActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSkipActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Postpones an activity: it leaves the list, and is due again at `until`, in its old
     * place. Snoozing a snoozed activity changes the time. A lease ends.
     * Precondition: The activity is due or snoozed; `until` is in the future, at most 365 days
     * ahead. If it is leased, the caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * snoozed again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_LEASED, LEASE_LOST, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.SnoozeActivityResponse> snoozeActivity(
        dev.upnext.v1.SnoozeActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSnoozeActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes back a mistaken CompleteActivity or SkipActivity: the activity is open again, with
     * its old due time and place, and with a snooze that still lasts. Its outcome and note are
     * gone; only the timeline keeps them. The enrollment returns to that step. What followed
     * is taken back in the same transaction: the next activity is CANCELED, a wait ends, a
     * COMPLETED enrollment is ACTIVE again. Activities that upnext skipped in between stay
     * skipped, and come again with their step.
     * Precondition: The activity was completed or skipped by somebody, not longer ago than the
     * organization's `reopen_grace_period`. Nobody has completed, skipped or snoozed a later
     * activity of the enrollment, or skipped its wait. The enrollment hasn't exited. If it is
     * COMPLETED, its record is active, wasn't enrolled in the sequence again, and is still in
     * the segment that enrolled it; the sequence isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_OPEN.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_OPEN, REOPEN_GRACE_OVER, LATER_STEP_ACTED_ON,
     * ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLED_AGAIN, RECORD_CLOSED, RESOURCE_DELETED
     * (sequence), ACTIVITY_NOT_REOPENABLE, FIELD_TOO_LONG, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReopenActivityResponse> reopenActivity(
        dev.upnext.v1.ReopenActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReopenActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Skips up to 1,000 activities like SkipActivity, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SkipActivity. Of an activity that comes twice the first item skips it; the second is
     * answered ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchSkipActivitiesResponse> batchSkipActivities(
        dev.upnext.v1.BatchSkipActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchSkipActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Snoozes up to 1,000 activities like SnoozeActivity, in their order; each item succeeds
     * or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * SnoozeActivity.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchSnoozeActivitiesResponse> batchSnoozeActivities(
        dev.upnext.v1.BatchSnoozeActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchSnoozeActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a manual activity on a record, without a sequence. It is due at its `due_time`, in
     * the queue of the record's owner, and follows the record like every other activity:
     * streams, lists, leases and all calls know it. With a `queue` it is put into that one
     * instead, and stays there until the record has another owner, like after
     * ReassignActivity. It is canceled when its record is closed or deleted. A `due_time` that
     * hasn't come yet makes it SCHEDULED. A salesperson makes them on their own records, for
     * anybody.
     * Precondition: The record is active, with fewer than 100 open manual activities.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * activity is made.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, queue), RECORD_CLOSED, TEMPLATE_UNKNOWN,
     * FIELD_TOO_LONG, FIELD_INVALID (due_time, queue), ACTIVITY_HAS_WARNINGS, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateActivityResponse> createActivity(
        dev.upnext.v1.CreateActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes up to 1,000 manual activities like CreateActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in CreateActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchCreateActivitiesResponse> batchCreateActivities(
        dev.upnext.v1.BatchCreateActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchCreateActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Cancels a manual activity: nobody has to do it any more.
     * Precondition: The activity is a manual one, and open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_CLOSED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CancelActivityResponse> cancelActivity(
        dev.upnext.v1.CancelActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the note, the read mark and the follow mark of an activity. The activity stays
     * where it is, and the timeline tells nothing of it. Of a manual activity, also changes
     * the texts and the due time: it takes the place of its new due time, and is SCHEDULED
     * until then. A snooze that lasts longer goes on.
     * Precondition: The activity is open. Of a closed one only the note can be changed, as
     * long as its record isn't deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ACTIVITY_NOT_MANUAL, FIELD_TOO_LONG,
     * FIELD_INVALID (due_time), FIELD_IMMUTABLE (another kind), TEMPLATE_UNKNOWN,
     * UPDATE_MASK_INVALID, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateActivityResponse> updateActivity(
        dev.upnext.v1.UpdateActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves under a name what ListActivities lists: for one seller, or for everybody. It is
     * checked like a list. A salesperson creates their own views: `owner` is `sellers/me`.
     * Precondition: The seller has fewer than 100 views; or fewer than 100 are for everybody.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (record type, owner), ROLE_REQUIRED,
     * CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, LIMIT_EXCEEDED, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateViewResponse> createView(
        dev.upnext.v1.CreateViewRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateViewMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one view. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetViewResponse> getView(
        dev.upnext.v1.GetViewRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetViewMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists views, ordered by id. A salesperson sees their own, and those for everybody.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListViewsResponse> listViews(
        dev.upnext.v1.ListViewsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListViewsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a view. Lists use the change from their next first page on; an earlier page
     * token is refused (PAGE_TOKEN_INVALID). A salesperson changes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type), ROLE_REQUIRED,
     * ETAG_MISMATCH, CONDITION_INVALID, FIELD_INVALID, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateViewResponse> updateView(
        dev.upnext.v1.UpdateViewRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateViewMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a view for good. A salesperson deletes their own views.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteViewResponse> deleteView(
        dev.upnext.v1.DeleteViewRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteViewMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a snoozed activity due at once, in its old place. A SCHEDULED one gets the current
     * time as its `due_time`.
     * Precondition: The activity is snoozed, and its enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ACTIVITY_NOT_SNOOZED.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_CLOSED, ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its
     * sequence was just deactivated), ACTIVITY_NOT_SNOOZED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UnsnoozeActivityResponse> unsnoozeActivity(
        dev.upnext.v1.UnsnoozeActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUnsnoozeActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Moves an activity to another queue, with its due time, place and snooze; a lease ends.
     * It stays there until its assignee changes: the record's new owner, or the seller whom
     * the attribute in `assign_to` then names. Then it moves to that queue. The next steps of
     * its enrollment are assigned as usual. An activity that is in the queue already stays as
     * it is.
     * Precondition: The activity is due or snoozed, and not one that workers carry out. Its
     * enrollment isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing
     * changes.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (queue), ACTIVITY_CLOSED,
     * ENROLLMENT_PAUSED, ENROLLMENT_ENDED (its sequence was just deactivated),
     * ACTIVITY_AUTOMATED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReassignActivityResponse> reassignActivity(
        dev.upnext.v1.ReassignActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReassignActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reassigns up to 1,000 activities like ReassignActivity, in their order; each item
     * succeeds or fails by itself.
     * Repetition: Each item has its own `request_id` and `etag`, which count as in
     * ReassignActivity.
     * Roles: system_administrator, sales_manager, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchReassignActivitiesResponse> batchReassignActivities(
        dev.upnext.v1.BatchReassignActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchReassignActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes up to `max_activities` due activities from the head of a queue, in queue order,
     * each under a lease: until it ends, nobody else can complete, skip or snooze the
     * activity. Activities that are leased are passed over, and those that another call is
     * changing at this moment. If there is none, waits for up to `wait_duration` until there
     * is.
     * A lease ends when its activity is closed, snoozed, paused or moves to another queue,
     * when it is given back, and at its `expire_time`. After the last two the activity is due
     * as before, in its old place, for whoever comes next. A leased activity stays in the
     * queue's lists and streams, with its `lease`.
     * Repetition: The same `request_id` gets the same leases again, for 24 hours; an empty
     * answer isn't kept. Without one, other activities are leased.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND (queue), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.AcquireActivitiesResponse> acquireActivities(
        dev.upnext.v1.AcquireActivitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcquireActivitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a lease another `expire_time`: `lease_duration` from now, which may be earlier
     * than before.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, it is
     * extended again.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ExtendLeaseResponse> extendLease(
        dev.upnext.v1.ExtendLeaseRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExtendLeaseMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a leased activity back: it is due as before, in its old place, for whoever comes
     * next.
     * Precondition: The caller has the lease.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, LEASE_LOST, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReleaseActivityResponse> releaseActivity(
        dev.upnext.v1.ReleaseActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseActivityMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_ACTIVITIES = 0;
  private static final int METHODID_SUMMARIZE_WORK_QUEUES = 1;
  private static final int METHODID_GET_ACTIVITY = 2;
  private static final int METHODID_GET_UP_NEXT = 3;
  private static final int METHODID_WATCH_WORK_QUEUE = 4;
  private static final int METHODID_WATCH_NEXT_ACTIVITY = 5;
  private static final int METHODID_COMPLETE_ACTIVITY = 6;
  private static final int METHODID_BATCH_COMPLETE_ACTIVITIES = 7;
  private static final int METHODID_SKIP_ACTIVITY = 8;
  private static final int METHODID_SNOOZE_ACTIVITY = 9;
  private static final int METHODID_REOPEN_ACTIVITY = 10;
  private static final int METHODID_BATCH_SKIP_ACTIVITIES = 11;
  private static final int METHODID_BATCH_SNOOZE_ACTIVITIES = 12;
  private static final int METHODID_CREATE_ACTIVITY = 13;
  private static final int METHODID_BATCH_CREATE_ACTIVITIES = 14;
  private static final int METHODID_CANCEL_ACTIVITY = 15;
  private static final int METHODID_UPDATE_ACTIVITY = 16;
  private static final int METHODID_CREATE_VIEW = 17;
  private static final int METHODID_GET_VIEW = 18;
  private static final int METHODID_LIST_VIEWS = 19;
  private static final int METHODID_UPDATE_VIEW = 20;
  private static final int METHODID_DELETE_VIEW = 21;
  private static final int METHODID_UNSNOOZE_ACTIVITY = 22;
  private static final int METHODID_REASSIGN_ACTIVITY = 23;
  private static final int METHODID_BATCH_REASSIGN_ACTIVITIES = 24;
  private static final int METHODID_ACQUIRE_ACTIVITIES = 25;
  private static final int METHODID_EXTEND_LEASE = 26;
  private static final int METHODID_RELEASE_ACTIVITY = 27;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_ACTIVITIES:
          serviceImpl.listActivities((dev.upnext.v1.ListActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListActivitiesResponse>) responseObserver);
          break;
        case METHODID_SUMMARIZE_WORK_QUEUES:
          serviceImpl.summarizeWorkQueues((dev.upnext.v1.SummarizeWorkQueuesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.SummarizeWorkQueuesResponse>) responseObserver);
          break;
        case METHODID_GET_ACTIVITY:
          serviceImpl.getActivity((dev.upnext.v1.GetActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetActivityResponse>) responseObserver);
          break;
        case METHODID_GET_UP_NEXT:
          serviceImpl.getUpNext((dev.upnext.v1.GetUpNextRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetUpNextResponse>) responseObserver);
          break;
        case METHODID_WATCH_WORK_QUEUE:
          serviceImpl.watchWorkQueue((dev.upnext.v1.WatchWorkQueueRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.WatchWorkQueueResponse>) responseObserver);
          break;
        case METHODID_WATCH_NEXT_ACTIVITY:
          serviceImpl.watchNextActivity((dev.upnext.v1.WatchNextActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.WatchNextActivityResponse>) responseObserver);
          break;
        case METHODID_COMPLETE_ACTIVITY:
          serviceImpl.completeActivity((dev.upnext.v1.CompleteActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CompleteActivityResponse>) responseObserver);
          break;
        case METHODID_BATCH_COMPLETE_ACTIVITIES:
          serviceImpl.batchCompleteActivities((dev.upnext.v1.BatchCompleteActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCompleteActivitiesResponse>) responseObserver);
          break;
        case METHODID_SKIP_ACTIVITY:
          serviceImpl.skipActivity((dev.upnext.v1.SkipActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.SkipActivityResponse>) responseObserver);
          break;
        case METHODID_SNOOZE_ACTIVITY:
          serviceImpl.snoozeActivity((dev.upnext.v1.SnoozeActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.SnoozeActivityResponse>) responseObserver);
          break;
        case METHODID_REOPEN_ACTIVITY:
          serviceImpl.reopenActivity((dev.upnext.v1.ReopenActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenActivityResponse>) responseObserver);
          break;
        case METHODID_BATCH_SKIP_ACTIVITIES:
          serviceImpl.batchSkipActivities((dev.upnext.v1.BatchSkipActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSkipActivitiesResponse>) responseObserver);
          break;
        case METHODID_BATCH_SNOOZE_ACTIVITIES:
          serviceImpl.batchSnoozeActivities((dev.upnext.v1.BatchSnoozeActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchSnoozeActivitiesResponse>) responseObserver);
          break;
        case METHODID_CREATE_ACTIVITY:
          serviceImpl.createActivity((dev.upnext.v1.CreateActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateActivityResponse>) responseObserver);
          break;
        case METHODID_BATCH_CREATE_ACTIVITIES:
          serviceImpl.batchCreateActivities((dev.upnext.v1.BatchCreateActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchCreateActivitiesResponse>) responseObserver);
          break;
        case METHODID_CANCEL_ACTIVITY:
          serviceImpl.cancelActivity((dev.upnext.v1.CancelActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CancelActivityResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ACTIVITY:
          serviceImpl.updateActivity((dev.upnext.v1.UpdateActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateActivityResponse>) responseObserver);
          break;
        case METHODID_CREATE_VIEW:
          serviceImpl.createView((dev.upnext.v1.CreateViewRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateViewResponse>) responseObserver);
          break;
        case METHODID_GET_VIEW:
          serviceImpl.getView((dev.upnext.v1.GetViewRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetViewResponse>) responseObserver);
          break;
        case METHODID_LIST_VIEWS:
          serviceImpl.listViews((dev.upnext.v1.ListViewsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListViewsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_VIEW:
          serviceImpl.updateView((dev.upnext.v1.UpdateViewRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateViewResponse>) responseObserver);
          break;
        case METHODID_DELETE_VIEW:
          serviceImpl.deleteView((dev.upnext.v1.DeleteViewRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteViewResponse>) responseObserver);
          break;
        case METHODID_UNSNOOZE_ACTIVITY:
          serviceImpl.unsnoozeActivity((dev.upnext.v1.UnsnoozeActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UnsnoozeActivityResponse>) responseObserver);
          break;
        case METHODID_REASSIGN_ACTIVITY:
          serviceImpl.reassignActivity((dev.upnext.v1.ReassignActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignActivityResponse>) responseObserver);
          break;
        case METHODID_BATCH_REASSIGN_ACTIVITIES:
          serviceImpl.batchReassignActivities((dev.upnext.v1.BatchReassignActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchReassignActivitiesResponse>) responseObserver);
          break;
        case METHODID_ACQUIRE_ACTIVITIES:
          serviceImpl.acquireActivities((dev.upnext.v1.AcquireActivitiesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.AcquireActivitiesResponse>) responseObserver);
          break;
        case METHODID_EXTEND_LEASE:
          serviceImpl.extendLease((dev.upnext.v1.ExtendLeaseRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ExtendLeaseResponse>) responseObserver);
          break;
        case METHODID_RELEASE_ACTIVITY:
          serviceImpl.releaseActivity((dev.upnext.v1.ReleaseActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReleaseActivityResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getListActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListActivitiesRequest,
              dev.upnext.v1.ListActivitiesResponse>(
                service, METHODID_LIST_ACTIVITIES)))
        .addMethod(
          getSummarizeWorkQueuesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.SummarizeWorkQueuesRequest,
              dev.upnext.v1.SummarizeWorkQueuesResponse>(
                service, METHODID_SUMMARIZE_WORK_QUEUES)))
        .addMethod(
          getGetActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetActivityRequest,
              dev.upnext.v1.GetActivityResponse>(
                service, METHODID_GET_ACTIVITY)))
        .addMethod(
          getGetUpNextMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetUpNextRequest,
              dev.upnext.v1.GetUpNextResponse>(
                service, METHODID_GET_UP_NEXT)))
        .addMethod(
          getWatchWorkQueueMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.upnext.v1.WatchWorkQueueRequest,
              dev.upnext.v1.WatchWorkQueueResponse>(
                service, METHODID_WATCH_WORK_QUEUE)))
        .addMethod(
          getWatchNextActivityMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.upnext.v1.WatchNextActivityRequest,
              dev.upnext.v1.WatchNextActivityResponse>(
                service, METHODID_WATCH_NEXT_ACTIVITY)))
        .addMethod(
          getCompleteActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CompleteActivityRequest,
              dev.upnext.v1.CompleteActivityResponse>(
                service, METHODID_COMPLETE_ACTIVITY)))
        .addMethod(
          getBatchCompleteActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchCompleteActivitiesRequest,
              dev.upnext.v1.BatchCompleteActivitiesResponse>(
                service, METHODID_BATCH_COMPLETE_ACTIVITIES)))
        .addMethod(
          getSkipActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.SkipActivityRequest,
              dev.upnext.v1.SkipActivityResponse>(
                service, METHODID_SKIP_ACTIVITY)))
        .addMethod(
          getSnoozeActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.SnoozeActivityRequest,
              dev.upnext.v1.SnoozeActivityResponse>(
                service, METHODID_SNOOZE_ACTIVITY)))
        .addMethod(
          getReopenActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReopenActivityRequest,
              dev.upnext.v1.ReopenActivityResponse>(
                service, METHODID_REOPEN_ACTIVITY)))
        .addMethod(
          getBatchSkipActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchSkipActivitiesRequest,
              dev.upnext.v1.BatchSkipActivitiesResponse>(
                service, METHODID_BATCH_SKIP_ACTIVITIES)))
        .addMethod(
          getBatchSnoozeActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchSnoozeActivitiesRequest,
              dev.upnext.v1.BatchSnoozeActivitiesResponse>(
                service, METHODID_BATCH_SNOOZE_ACTIVITIES)))
        .addMethod(
          getCreateActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateActivityRequest,
              dev.upnext.v1.CreateActivityResponse>(
                service, METHODID_CREATE_ACTIVITY)))
        .addMethod(
          getBatchCreateActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchCreateActivitiesRequest,
              dev.upnext.v1.BatchCreateActivitiesResponse>(
                service, METHODID_BATCH_CREATE_ACTIVITIES)))
        .addMethod(
          getCancelActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CancelActivityRequest,
              dev.upnext.v1.CancelActivityResponse>(
                service, METHODID_CANCEL_ACTIVITY)))
        .addMethod(
          getUpdateActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateActivityRequest,
              dev.upnext.v1.UpdateActivityResponse>(
                service, METHODID_UPDATE_ACTIVITY)))
        .addMethod(
          getCreateViewMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateViewRequest,
              dev.upnext.v1.CreateViewResponse>(
                service, METHODID_CREATE_VIEW)))
        .addMethod(
          getGetViewMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetViewRequest,
              dev.upnext.v1.GetViewResponse>(
                service, METHODID_GET_VIEW)))
        .addMethod(
          getListViewsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListViewsRequest,
              dev.upnext.v1.ListViewsResponse>(
                service, METHODID_LIST_VIEWS)))
        .addMethod(
          getUpdateViewMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateViewRequest,
              dev.upnext.v1.UpdateViewResponse>(
                service, METHODID_UPDATE_VIEW)))
        .addMethod(
          getDeleteViewMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteViewRequest,
              dev.upnext.v1.DeleteViewResponse>(
                service, METHODID_DELETE_VIEW)))
        .addMethod(
          getUnsnoozeActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UnsnoozeActivityRequest,
              dev.upnext.v1.UnsnoozeActivityResponse>(
                service, METHODID_UNSNOOZE_ACTIVITY)))
        .addMethod(
          getReassignActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReassignActivityRequest,
              dev.upnext.v1.ReassignActivityResponse>(
                service, METHODID_REASSIGN_ACTIVITY)))
        .addMethod(
          getBatchReassignActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchReassignActivitiesRequest,
              dev.upnext.v1.BatchReassignActivitiesResponse>(
                service, METHODID_BATCH_REASSIGN_ACTIVITIES)))
        .addMethod(
          getAcquireActivitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.AcquireActivitiesRequest,
              dev.upnext.v1.AcquireActivitiesResponse>(
                service, METHODID_ACQUIRE_ACTIVITIES)))
        .addMethod(
          getExtendLeaseMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ExtendLeaseRequest,
              dev.upnext.v1.ExtendLeaseResponse>(
                service, METHODID_EXTEND_LEASE)))
        .addMethod(
          getReleaseActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReleaseActivityRequest,
              dev.upnext.v1.ReleaseActivityResponse>(
                service, METHODID_RELEASE_ACTIVITY)))
        .build();
  }

  private static abstract class WorkQueueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    WorkQueueServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.WorkQueueServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("WorkQueueService");
    }
  }

  private static final class WorkQueueServiceFileDescriptorSupplier
      extends WorkQueueServiceBaseDescriptorSupplier {
    WorkQueueServiceFileDescriptorSupplier() {}
  }

  private static final class WorkQueueServiceMethodDescriptorSupplier
      extends WorkQueueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    WorkQueueServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (WorkQueueServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new WorkQueueServiceFileDescriptorSupplier())
              .addMethod(getListActivitiesMethod())
              .addMethod(getSummarizeWorkQueuesMethod())
              .addMethod(getGetActivityMethod())
              .addMethod(getGetUpNextMethod())
              .addMethod(getWatchWorkQueueMethod())
              .addMethod(getWatchNextActivityMethod())
              .addMethod(getCompleteActivityMethod())
              .addMethod(getBatchCompleteActivitiesMethod())
              .addMethod(getSkipActivityMethod())
              .addMethod(getSnoozeActivityMethod())
              .addMethod(getReopenActivityMethod())
              .addMethod(getBatchSkipActivitiesMethod())
              .addMethod(getBatchSnoozeActivitiesMethod())
              .addMethod(getCreateActivityMethod())
              .addMethod(getBatchCreateActivitiesMethod())
              .addMethod(getCancelActivityMethod())
              .addMethod(getUpdateActivityMethod())
              .addMethod(getCreateViewMethod())
              .addMethod(getGetViewMethod())
              .addMethod(getListViewsMethod())
              .addMethod(getUpdateViewMethod())
              .addMethod(getDeleteViewMethod())
              .addMethod(getUnsnoozeActivityMethod())
              .addMethod(getReassignActivityMethod())
              .addMethod(getBatchReassignActivitiesMethod())
              .addMethod(getAcquireActivitiesMethod())
              .addMethod(getExtendLeaseMethod())
              .addMethod(getReleaseActivityMethod())
              .build();
        }
      }
    }
    return result;
  }
}
