package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
 * errors particular to its call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class TeamServiceGrpc {

  private TeamServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.TeamService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateTeamRequest,
      dev.upnext.v1.CreateTeamResponse> getCreateTeamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateTeam",
      requestType = dev.upnext.v1.CreateTeamRequest.class,
      responseType = dev.upnext.v1.CreateTeamResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateTeamRequest,
      dev.upnext.v1.CreateTeamResponse> getCreateTeamMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateTeamRequest, dev.upnext.v1.CreateTeamResponse> getCreateTeamMethod;
    if ((getCreateTeamMethod = TeamServiceGrpc.getCreateTeamMethod) == null) {
      synchronized (TeamServiceGrpc.class) {
        if ((getCreateTeamMethod = TeamServiceGrpc.getCreateTeamMethod) == null) {
          TeamServiceGrpc.getCreateTeamMethod = getCreateTeamMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateTeamRequest, dev.upnext.v1.CreateTeamResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateTeam"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateTeamRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateTeamResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TeamServiceMethodDescriptorSupplier("CreateTeam"))
              .build();
        }
      }
    }
    return getCreateTeamMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetTeamRequest,
      dev.upnext.v1.GetTeamResponse> getGetTeamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTeam",
      requestType = dev.upnext.v1.GetTeamRequest.class,
      responseType = dev.upnext.v1.GetTeamResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetTeamRequest,
      dev.upnext.v1.GetTeamResponse> getGetTeamMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetTeamRequest, dev.upnext.v1.GetTeamResponse> getGetTeamMethod;
    if ((getGetTeamMethod = TeamServiceGrpc.getGetTeamMethod) == null) {
      synchronized (TeamServiceGrpc.class) {
        if ((getGetTeamMethod = TeamServiceGrpc.getGetTeamMethod) == null) {
          TeamServiceGrpc.getGetTeamMethod = getGetTeamMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetTeamRequest, dev.upnext.v1.GetTeamResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTeam"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetTeamRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetTeamResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TeamServiceMethodDescriptorSupplier("GetTeam"))
              .build();
        }
      }
    }
    return getGetTeamMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListTeamsRequest,
      dev.upnext.v1.ListTeamsResponse> getListTeamsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTeams",
      requestType = dev.upnext.v1.ListTeamsRequest.class,
      responseType = dev.upnext.v1.ListTeamsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListTeamsRequest,
      dev.upnext.v1.ListTeamsResponse> getListTeamsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListTeamsRequest, dev.upnext.v1.ListTeamsResponse> getListTeamsMethod;
    if ((getListTeamsMethod = TeamServiceGrpc.getListTeamsMethod) == null) {
      synchronized (TeamServiceGrpc.class) {
        if ((getListTeamsMethod = TeamServiceGrpc.getListTeamsMethod) == null) {
          TeamServiceGrpc.getListTeamsMethod = getListTeamsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListTeamsRequest, dev.upnext.v1.ListTeamsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTeams"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListTeamsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListTeamsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TeamServiceMethodDescriptorSupplier("ListTeams"))
              .build();
        }
      }
    }
    return getListTeamsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateTeamRequest,
      dev.upnext.v1.UpdateTeamResponse> getUpdateTeamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateTeam",
      requestType = dev.upnext.v1.UpdateTeamRequest.class,
      responseType = dev.upnext.v1.UpdateTeamResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateTeamRequest,
      dev.upnext.v1.UpdateTeamResponse> getUpdateTeamMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateTeamRequest, dev.upnext.v1.UpdateTeamResponse> getUpdateTeamMethod;
    if ((getUpdateTeamMethod = TeamServiceGrpc.getUpdateTeamMethod) == null) {
      synchronized (TeamServiceGrpc.class) {
        if ((getUpdateTeamMethod = TeamServiceGrpc.getUpdateTeamMethod) == null) {
          TeamServiceGrpc.getUpdateTeamMethod = getUpdateTeamMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateTeamRequest, dev.upnext.v1.UpdateTeamResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateTeam"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateTeamRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateTeamResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TeamServiceMethodDescriptorSupplier("UpdateTeam"))
              .build();
        }
      }
    }
    return getUpdateTeamMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteTeamRequest,
      dev.upnext.v1.DeleteTeamResponse> getDeleteTeamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteTeam",
      requestType = dev.upnext.v1.DeleteTeamRequest.class,
      responseType = dev.upnext.v1.DeleteTeamResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteTeamRequest,
      dev.upnext.v1.DeleteTeamResponse> getDeleteTeamMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteTeamRequest, dev.upnext.v1.DeleteTeamResponse> getDeleteTeamMethod;
    if ((getDeleteTeamMethod = TeamServiceGrpc.getDeleteTeamMethod) == null) {
      synchronized (TeamServiceGrpc.class) {
        if ((getDeleteTeamMethod = TeamServiceGrpc.getDeleteTeamMethod) == null) {
          TeamServiceGrpc.getDeleteTeamMethod = getDeleteTeamMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteTeamRequest, dev.upnext.v1.DeleteTeamResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteTeam"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteTeamRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteTeamResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TeamServiceMethodDescriptorSupplier("DeleteTeam"))
              .build();
        }
      }
    }
    return getDeleteTeamMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static TeamServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TeamServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TeamServiceStub>() {
        @java.lang.Override
        public TeamServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TeamServiceStub(channel, callOptions);
        }
      };
    return TeamServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static TeamServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TeamServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TeamServiceBlockingV2Stub>() {
        @java.lang.Override
        public TeamServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TeamServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return TeamServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static TeamServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TeamServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TeamServiceBlockingStub>() {
        @java.lang.Override
        public TeamServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TeamServiceBlockingStub(channel, callOptions);
        }
      };
    return TeamServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static TeamServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TeamServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TeamServiceFutureStub>() {
        @java.lang.Override
        public TeamServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TeamServiceFutureStub(channel, callOptions);
        }
      };
    return TeamServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a team and its empty queue. A deleted team's id can be given again: then the new
     * team goes on with the queue of the old one.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (members, calendar), FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void createTeam(dev.upnext.v1.CreateTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateTeamResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateTeamMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one team.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getTeam(dev.upnext.v1.GetTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetTeamResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTeamMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists teams, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listTeams(dev.upnext.v1.ListTeamsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListTeamsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListTeamsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a team. The running waits of sellers whose calendar changes with it are planned
     * anew, by operations of kind REFRESH_WAITS.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REFERENCE_NOT_FOUND (members, calendar),
     * FIELD_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateTeam(dev.upnext.v1.UpdateTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateTeamResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateTeamMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a team.
     * Precondition: It isn't built in, and its queue is empty. No assignment rule names it,
     * and no sequence does in its newest revision or in one that has open enrollments.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, RESOURCE_BUILT_IN, TEAM_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteTeam(dev.upnext.v1.DeleteTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteTeamResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteTeamMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service TeamService.
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class TeamServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return TeamServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service TeamService.
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class TeamServiceStub
      extends io.grpc.stub.AbstractAsyncStub<TeamServiceStub> {
    private TeamServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TeamServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TeamServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a team and its empty queue. A deleted team's id can be given again: then the new
     * team goes on with the queue of the old one.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (members, calendar), FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void createTeam(dev.upnext.v1.CreateTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateTeamResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateTeamMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one team.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getTeam(dev.upnext.v1.GetTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetTeamResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTeamMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists teams, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listTeams(dev.upnext.v1.ListTeamsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListTeamsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListTeamsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a team. The running waits of sellers whose calendar changes with it are planned
     * anew, by operations of kind REFRESH_WAITS.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REFERENCE_NOT_FOUND (members, calendar),
     * FIELD_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateTeam(dev.upnext.v1.UpdateTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateTeamResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateTeamMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a team.
     * Precondition: It isn't built in, and its queue is empty. No assignment rule names it,
     * and no sequence does in its newest revision or in one that has open enrollments.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, RESOURCE_BUILT_IN, TEAM_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteTeam(dev.upnext.v1.DeleteTeamRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteTeamResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteTeamMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service TeamService.
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class TeamServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<TeamServiceBlockingV2Stub> {
    private TeamServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TeamServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TeamServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a team and its empty queue. A deleted team's id can be given again: then the new
     * team goes on with the queue of the old one.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (members, calendar), FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateTeamResponse createTeam(dev.upnext.v1.CreateTeamRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one team.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetTeamResponse getTeam(dev.upnext.v1.GetTeamRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists teams, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListTeamsResponse listTeams(dev.upnext.v1.ListTeamsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListTeamsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a team. The running waits of sellers whose calendar changes with it are planned
     * anew, by operations of kind REFRESH_WAITS.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REFERENCE_NOT_FOUND (members, calendar),
     * FIELD_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateTeamResponse updateTeam(dev.upnext.v1.UpdateTeamRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a team.
     * Precondition: It isn't built in, and its queue is empty. No assignment rule names it,
     * and no sequence does in its newest revision or in one that has open enrollments.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, RESOURCE_BUILT_IN, TEAM_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteTeamResponse deleteTeam(dev.upnext.v1.DeleteTeamRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteTeamMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service TeamService.
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class TeamServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<TeamServiceBlockingStub> {
    private TeamServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TeamServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TeamServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a team and its empty queue. A deleted team's id can be given again: then the new
     * team goes on with the queue of the old one.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (members, calendar), FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateTeamResponse createTeam(dev.upnext.v1.CreateTeamRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one team.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetTeamResponse getTeam(dev.upnext.v1.GetTeamRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists teams, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListTeamsResponse listTeams(dev.upnext.v1.ListTeamsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListTeamsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a team. The running waits of sellers whose calendar changes with it are planned
     * anew, by operations of kind REFRESH_WAITS.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REFERENCE_NOT_FOUND (members, calendar),
     * FIELD_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateTeamResponse updateTeam(dev.upnext.v1.UpdateTeamRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateTeamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a team.
     * Precondition: It isn't built in, and its queue is empty. No assignment rule names it,
     * and no sequence does in its newest revision or in one that has open enrollments.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, RESOURCE_BUILT_IN, TEAM_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteTeamResponse deleteTeam(dev.upnext.v1.DeleteTeamRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteTeamMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service TeamService.
   * <pre>
   * Teams: sellers who work together, each with a queue of its own. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class TeamServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<TeamServiceFutureStub> {
    private TeamServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TeamServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TeamServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a team and its empty queue. A deleted team's id can be given again: then the new
     * team goes on with the queue of the old one.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (members, calendar), FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateTeamResponse> createTeam(
        dev.upnext.v1.CreateTeamRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateTeamMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one team.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetTeamResponse> getTeam(
        dev.upnext.v1.GetTeamRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTeamMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists teams, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListTeamsResponse> listTeams(
        dev.upnext.v1.ListTeamsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListTeamsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a team. The running waits of sellers whose calendar changes with it are planned
     * anew, by operations of kind REFRESH_WAITS.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REFERENCE_NOT_FOUND (members, calendar),
     * FIELD_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateTeamResponse> updateTeam(
        dev.upnext.v1.UpdateTeamRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateTeamMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a team.
     * Precondition: It isn't built in, and its queue is empty. No assignment rule names it,
     * and no sequence does in its newest revision or in one that has open enrollments.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, RESOURCE_BUILT_IN, TEAM_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteTeamResponse> deleteTeam(
        dev.upnext.v1.DeleteTeamRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteTeamMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_TEAM = 0;
  private static final int METHODID_GET_TEAM = 1;
  private static final int METHODID_LIST_TEAMS = 2;
  private static final int METHODID_UPDATE_TEAM = 3;
  private static final int METHODID_DELETE_TEAM = 4;

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
        case METHODID_CREATE_TEAM:
          serviceImpl.createTeam((dev.upnext.v1.CreateTeamRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateTeamResponse>) responseObserver);
          break;
        case METHODID_GET_TEAM:
          serviceImpl.getTeam((dev.upnext.v1.GetTeamRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetTeamResponse>) responseObserver);
          break;
        case METHODID_LIST_TEAMS:
          serviceImpl.listTeams((dev.upnext.v1.ListTeamsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListTeamsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_TEAM:
          serviceImpl.updateTeam((dev.upnext.v1.UpdateTeamRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateTeamResponse>) responseObserver);
          break;
        case METHODID_DELETE_TEAM:
          serviceImpl.deleteTeam((dev.upnext.v1.DeleteTeamRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteTeamResponse>) responseObserver);
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
          getCreateTeamMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateTeamRequest,
              dev.upnext.v1.CreateTeamResponse>(
                service, METHODID_CREATE_TEAM)))
        .addMethod(
          getGetTeamMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetTeamRequest,
              dev.upnext.v1.GetTeamResponse>(
                service, METHODID_GET_TEAM)))
        .addMethod(
          getListTeamsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListTeamsRequest,
              dev.upnext.v1.ListTeamsResponse>(
                service, METHODID_LIST_TEAMS)))
        .addMethod(
          getUpdateTeamMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateTeamRequest,
              dev.upnext.v1.UpdateTeamResponse>(
                service, METHODID_UPDATE_TEAM)))
        .addMethod(
          getDeleteTeamMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteTeamRequest,
              dev.upnext.v1.DeleteTeamResponse>(
                service, METHODID_DELETE_TEAM)))
        .build();
  }

  private static abstract class TeamServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    TeamServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.TeamServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("TeamService");
    }
  }

  private static final class TeamServiceFileDescriptorSupplier
      extends TeamServiceBaseDescriptorSupplier {
    TeamServiceFileDescriptorSupplier() {}
  }

  private static final class TeamServiceMethodDescriptorSupplier
      extends TeamServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    TeamServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (TeamServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new TeamServiceFileDescriptorSupplier())
              .addMethod(getCreateTeamMethod())
              .addMethod(getGetTeamMethod())
              .addMethod(getListTeamsMethod())
              .addMethod(getUpdateTeamMethod())
              .addMethod(getDeleteTeamMethod())
              .build();
        }
      }
    }
    return result;
  }
}
