package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Sellers: who does the work. Each Errors line lists the errors particular to its call;
 * ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SellerServiceGrpc {

  private SellerServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.SellerService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateSellerRequest,
      dev.upnext.v1.CreateSellerResponse> getCreateSellerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSeller",
      requestType = dev.upnext.v1.CreateSellerRequest.class,
      responseType = dev.upnext.v1.CreateSellerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateSellerRequest,
      dev.upnext.v1.CreateSellerResponse> getCreateSellerMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateSellerRequest, dev.upnext.v1.CreateSellerResponse> getCreateSellerMethod;
    if ((getCreateSellerMethod = SellerServiceGrpc.getCreateSellerMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getCreateSellerMethod = SellerServiceGrpc.getCreateSellerMethod) == null) {
          SellerServiceGrpc.getCreateSellerMethod = getCreateSellerMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateSellerRequest, dev.upnext.v1.CreateSellerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSeller"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSellerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSellerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("CreateSeller"))
              .build();
        }
      }
    }
    return getCreateSellerMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetSellerRequest,
      dev.upnext.v1.GetSellerResponse> getGetSellerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSeller",
      requestType = dev.upnext.v1.GetSellerRequest.class,
      responseType = dev.upnext.v1.GetSellerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetSellerRequest,
      dev.upnext.v1.GetSellerResponse> getGetSellerMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetSellerRequest, dev.upnext.v1.GetSellerResponse> getGetSellerMethod;
    if ((getGetSellerMethod = SellerServiceGrpc.getGetSellerMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getGetSellerMethod = SellerServiceGrpc.getGetSellerMethod) == null) {
          SellerServiceGrpc.getGetSellerMethod = getGetSellerMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetSellerRequest, dev.upnext.v1.GetSellerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSeller"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSellerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSellerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("GetSeller"))
              .build();
        }
      }
    }
    return getGetSellerMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSellersRequest,
      dev.upnext.v1.ListSellersResponse> getListSellersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSellers",
      requestType = dev.upnext.v1.ListSellersRequest.class,
      responseType = dev.upnext.v1.ListSellersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSellersRequest,
      dev.upnext.v1.ListSellersResponse> getListSellersMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSellersRequest, dev.upnext.v1.ListSellersResponse> getListSellersMethod;
    if ((getListSellersMethod = SellerServiceGrpc.getListSellersMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getListSellersMethod = SellerServiceGrpc.getListSellersMethod) == null) {
          SellerServiceGrpc.getListSellersMethod = getListSellersMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSellersRequest, dev.upnext.v1.ListSellersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSellers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSellersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSellersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("ListSellers"))
              .build();
        }
      }
    }
    return getListSellersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSellerRequest,
      dev.upnext.v1.UpdateSellerResponse> getUpdateSellerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSeller",
      requestType = dev.upnext.v1.UpdateSellerRequest.class,
      responseType = dev.upnext.v1.UpdateSellerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSellerRequest,
      dev.upnext.v1.UpdateSellerResponse> getUpdateSellerMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSellerRequest, dev.upnext.v1.UpdateSellerResponse> getUpdateSellerMethod;
    if ((getUpdateSellerMethod = SellerServiceGrpc.getUpdateSellerMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getUpdateSellerMethod = SellerServiceGrpc.getUpdateSellerMethod) == null) {
          SellerServiceGrpc.getUpdateSellerMethod = getUpdateSellerMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateSellerRequest, dev.upnext.v1.UpdateSellerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSeller"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSellerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSellerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("UpdateSeller"))
              .build();
        }
      }
    }
    return getUpdateSellerMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerRequest,
      dev.upnext.v1.DeleteSellerResponse> getDeleteSellerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSeller",
      requestType = dev.upnext.v1.DeleteSellerRequest.class,
      responseType = dev.upnext.v1.DeleteSellerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerRequest,
      dev.upnext.v1.DeleteSellerResponse> getDeleteSellerMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerRequest, dev.upnext.v1.DeleteSellerResponse> getDeleteSellerMethod;
    if ((getDeleteSellerMethod = SellerServiceGrpc.getDeleteSellerMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getDeleteSellerMethod = SellerServiceGrpc.getDeleteSellerMethod) == null) {
          SellerServiceGrpc.getDeleteSellerMethod = getDeleteSellerMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteSellerRequest, dev.upnext.v1.DeleteSellerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSeller"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSellerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSellerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("DeleteSeller"))
              .build();
        }
      }
    }
    return getDeleteSellerMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeclareSellerAttributesRequest,
      dev.upnext.v1.DeclareSellerAttributesResponse> getDeclareSellerAttributesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeclareSellerAttributes",
      requestType = dev.upnext.v1.DeclareSellerAttributesRequest.class,
      responseType = dev.upnext.v1.DeclareSellerAttributesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeclareSellerAttributesRequest,
      dev.upnext.v1.DeclareSellerAttributesResponse> getDeclareSellerAttributesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeclareSellerAttributesRequest, dev.upnext.v1.DeclareSellerAttributesResponse> getDeclareSellerAttributesMethod;
    if ((getDeclareSellerAttributesMethod = SellerServiceGrpc.getDeclareSellerAttributesMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getDeclareSellerAttributesMethod = SellerServiceGrpc.getDeclareSellerAttributesMethod) == null) {
          SellerServiceGrpc.getDeclareSellerAttributesMethod = getDeclareSellerAttributesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeclareSellerAttributesRequest, dev.upnext.v1.DeclareSellerAttributesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeclareSellerAttributes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeclareSellerAttributesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeclareSellerAttributesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("DeclareSellerAttributes"))
              .build();
        }
      }
    }
    return getDeclareSellerAttributesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerAttributeRequest,
      dev.upnext.v1.DeleteSellerAttributeResponse> getDeleteSellerAttributeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSellerAttribute",
      requestType = dev.upnext.v1.DeleteSellerAttributeRequest.class,
      responseType = dev.upnext.v1.DeleteSellerAttributeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerAttributeRequest,
      dev.upnext.v1.DeleteSellerAttributeResponse> getDeleteSellerAttributeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSellerAttributeRequest, dev.upnext.v1.DeleteSellerAttributeResponse> getDeleteSellerAttributeMethod;
    if ((getDeleteSellerAttributeMethod = SellerServiceGrpc.getDeleteSellerAttributeMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getDeleteSellerAttributeMethod = SellerServiceGrpc.getDeleteSellerAttributeMethod) == null) {
          SellerServiceGrpc.getDeleteSellerAttributeMethod = getDeleteSellerAttributeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteSellerAttributeRequest, dev.upnext.v1.DeleteSellerAttributeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSellerAttribute"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSellerAttributeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSellerAttributeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("DeleteSellerAttribute"))
              .build();
        }
      }
    }
    return getDeleteSellerAttributeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReassignRecordsRequest,
      dev.upnext.v1.ReassignRecordsResponse> getReassignRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReassignRecords",
      requestType = dev.upnext.v1.ReassignRecordsRequest.class,
      responseType = dev.upnext.v1.ReassignRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReassignRecordsRequest,
      dev.upnext.v1.ReassignRecordsResponse> getReassignRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReassignRecordsRequest, dev.upnext.v1.ReassignRecordsResponse> getReassignRecordsMethod;
    if ((getReassignRecordsMethod = SellerServiceGrpc.getReassignRecordsMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getReassignRecordsMethod = SellerServiceGrpc.getReassignRecordsMethod) == null) {
          SellerServiceGrpc.getReassignRecordsMethod = getReassignRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReassignRecordsRequest, dev.upnext.v1.ReassignRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReassignRecords"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("ReassignRecords"))
              .build();
        }
      }
    }
    return getReassignRecordsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.HandBackRecordsRequest,
      dev.upnext.v1.HandBackRecordsResponse> getHandBackRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HandBackRecords",
      requestType = dev.upnext.v1.HandBackRecordsRequest.class,
      responseType = dev.upnext.v1.HandBackRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.HandBackRecordsRequest,
      dev.upnext.v1.HandBackRecordsResponse> getHandBackRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.HandBackRecordsRequest, dev.upnext.v1.HandBackRecordsResponse> getHandBackRecordsMethod;
    if ((getHandBackRecordsMethod = SellerServiceGrpc.getHandBackRecordsMethod) == null) {
      synchronized (SellerServiceGrpc.class) {
        if ((getHandBackRecordsMethod = SellerServiceGrpc.getHandBackRecordsMethod) == null) {
          SellerServiceGrpc.getHandBackRecordsMethod = getHandBackRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.HandBackRecordsRequest, dev.upnext.v1.HandBackRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HandBackRecords"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.HandBackRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.HandBackRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SellerServiceMethodDescriptorSupplier("HandBackRecords"))
              .build();
        }
      }
    }
    return getHandBackRecordsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SellerServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SellerServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SellerServiceStub>() {
        @java.lang.Override
        public SellerServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SellerServiceStub(channel, callOptions);
        }
      };
    return SellerServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SellerServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SellerServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SellerServiceBlockingV2Stub>() {
        @java.lang.Override
        public SellerServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SellerServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SellerServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SellerServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SellerServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SellerServiceBlockingStub>() {
        @java.lang.Override
        public SellerServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SellerServiceBlockingStub(channel, callOptions);
        }
      };
    return SellerServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SellerServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SellerServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SellerServiceFutureStub>() {
        @java.lang.Override
        public SellerServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SellerServiceFutureStub(channel, callOptions);
        }
      };
    return SellerServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a seller and the seller's empty queue. A deleted seller with this id comes
     * back.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_UNKNOWN,
     * ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createSeller(dev.upnext.v1.CreateSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSellerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSellerMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one seller. `sellers/me` is the caller's own.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getSeller(dev.upnext.v1.GetSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSellerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSellerMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists sellers, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSellers(dev.upnext.v1.ListSellersRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSellersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSellersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a seller. If `assign_records` becomes true, the `max_capacity` is raised, or the
     * calendar or something that a `seller_condition` may ask changes, the rules that may
     * choose the seller are run for the members of their segments who have no owner, oldest
     * first, by operations of kind ASSIGN_MEMBERS. A salesperson may only set their own
     * `after_completion`.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, ATTRIBUTE_UNKNOWN,
     * REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateSeller(dev.upnext.v1.UpdateSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSellerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSellerMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a seller to whom nothing is left. First give records and activities to others:
     * ReassignRecords with `include_closed` and `include_activities`. With `force`, the seller
     * leaves teams and the lists of rules, sequences lose their owner, and keys are revoked.
     * Two things stay, and must be changed before: a rule that lists nobody else, and the last
     * key of a system administrator that never expires. A step that gives records or
     * activities to the seller finds nobody from then on, and the timeline says so. History
     * keeps what the seller did, with the name. CreateSeller with the same id brings the
     * seller back.
     * Precondition: The seller owns no record and has no activity in the queue. Without
     * `force`, no team, rule, sequence, step or key names the seller.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, SELLER_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteSeller(dev.upnext.v1.DeleteSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSellerMethod(), responseObserver);
    }

    /**
     * <pre>
     * Declares attributes of sellers, which then have values in `Seller.attributes`.
     * Attributes that are already declared stay. Organization.seller_attributes shows all of
     * them.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: ATTRIBUTE_TYPE_CONFLICT, FIELD_INVALID (a name, a type, more than 100),
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void declareSellerAttributes(dev.upnext.v1.DeclareSellerAttributesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareSellerAttributesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeclareSellerAttributesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes an attribute of sellers, with its values.
     * Precondition: No `seller_condition` of an assignment rule names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteSellerAttribute(dev.upnext.v1.DeleteSellerAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerAttributeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSellerAttributeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives the records of a seller to another seller, to the members of a team in turn, or
     * to nobody, for a holiday or for good: an operation of kind REASSIGN_RECORDS that works
     * in chunks, in the order of the records, and that CancelOperation stops. Everything
     * follows an owner as with UpsertRecord: open activities, running waits, segments, and the
     * places that the seller has again. Records that the seller gets later stay with the
     * seller; without `assign_records`, no rule gives more. HandBackRecords undoes it.
     * Precondition: Who gets them exists, and isn't the seller.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds only what the seller has got since.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type, `new_owner`, `team`),
     * CONDITION_INVALID, FIELD_REQUIRED (a condition without `record_type`), FIELD_INVALID
     * (the seller itself, or a team without others), REQUEST_ID_REUSED.
     * </pre>
     */
    default void reassignRecords(dev.upnext.v1.ReassignRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReassignRecordsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives back what a ReassignRecords operation took from a seller: an operation of the same
     * kind. Records that still have the owner, or none, whom that operation gave them are the
     * seller's again; so are activities that are still in the queue where it put them. What
     * somebody has given on since stays. If that operation still runs, this one waits for it.
     * Precondition: The seller still exists.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing is
     * left to hand back.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (the operation, or its seller), FIELD_INVALID (an operation
     * that took nothing from a seller), REQUEST_ID_REUSED.
     * </pre>
     */
    default void handBackRecords(dev.upnext.v1.HandBackRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.HandBackRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHandBackRecordsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SellerService.
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class SellerServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SellerServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SellerService.
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SellerServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SellerServiceStub> {
    private SellerServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SellerServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SellerServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a seller and the seller's empty queue. A deleted seller with this id comes
     * back.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_UNKNOWN,
     * ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createSeller(dev.upnext.v1.CreateSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSellerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSellerMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one seller. `sellers/me` is the caller's own.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getSeller(dev.upnext.v1.GetSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSellerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSellerMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists sellers, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSellers(dev.upnext.v1.ListSellersRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSellersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSellersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a seller. If `assign_records` becomes true, the `max_capacity` is raised, or the
     * calendar or something that a `seller_condition` may ask changes, the rules that may
     * choose the seller are run for the members of their segments who have no owner, oldest
     * first, by operations of kind ASSIGN_MEMBERS. A salesperson may only set their own
     * `after_completion`.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, ATTRIBUTE_UNKNOWN,
     * REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateSeller(dev.upnext.v1.UpdateSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSellerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSellerMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a seller to whom nothing is left. First give records and activities to others:
     * ReassignRecords with `include_closed` and `include_activities`. With `force`, the seller
     * leaves teams and the lists of rules, sequences lose their owner, and keys are revoked.
     * Two things stay, and must be changed before: a rule that lists nobody else, and the last
     * key of a system administrator that never expires. A step that gives records or
     * activities to the seller finds nobody from then on, and the timeline says so. History
     * keeps what the seller did, with the name. CreateSeller with the same id brings the
     * seller back.
     * Precondition: The seller owns no record and has no activity in the queue. Without
     * `force`, no team, rule, sequence, step or key names the seller.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, SELLER_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteSeller(dev.upnext.v1.DeleteSellerRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSellerMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Declares attributes of sellers, which then have values in `Seller.attributes`.
     * Attributes that are already declared stay. Organization.seller_attributes shows all of
     * them.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: ATTRIBUTE_TYPE_CONFLICT, FIELD_INVALID (a name, a type, more than 100),
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void declareSellerAttributes(dev.upnext.v1.DeclareSellerAttributesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareSellerAttributesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeclareSellerAttributesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes an attribute of sellers, with its values.
     * Precondition: No `seller_condition` of an assignment rule names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteSellerAttribute(dev.upnext.v1.DeleteSellerAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerAttributeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSellerAttributeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives the records of a seller to another seller, to the members of a team in turn, or
     * to nobody, for a holiday or for good: an operation of kind REASSIGN_RECORDS that works
     * in chunks, in the order of the records, and that CancelOperation stops. Everything
     * follows an owner as with UpsertRecord: open activities, running waits, segments, and the
     * places that the seller has again. Records that the seller gets later stay with the
     * seller; without `assign_records`, no rule gives more. HandBackRecords undoes it.
     * Precondition: Who gets them exists, and isn't the seller.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds only what the seller has got since.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type, `new_owner`, `team`),
     * CONDITION_INVALID, FIELD_REQUIRED (a condition without `record_type`), FIELD_INVALID
     * (the seller itself, or a team without others), REQUEST_ID_REUSED.
     * </pre>
     */
    public void reassignRecords(dev.upnext.v1.ReassignRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReassignRecordsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives back what a ReassignRecords operation took from a seller: an operation of the same
     * kind. Records that still have the owner, or none, whom that operation gave them are the
     * seller's again; so are activities that are still in the queue where it put them. What
     * somebody has given on since stays. If that operation still runs, this one waits for it.
     * Precondition: The seller still exists.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing is
     * left to hand back.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (the operation, or its seller), FIELD_INVALID (an operation
     * that took nothing from a seller), REQUEST_ID_REUSED.
     * </pre>
     */
    public void handBackRecords(dev.upnext.v1.HandBackRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.HandBackRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHandBackRecordsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SellerService.
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SellerServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SellerServiceBlockingV2Stub> {
    private SellerServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SellerServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SellerServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a seller and the seller's empty queue. A deleted seller with this id comes
     * back.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_UNKNOWN,
     * ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSellerResponse createSeller(dev.upnext.v1.CreateSellerRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one seller. `sellers/me` is the caller's own.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSellerResponse getSeller(dev.upnext.v1.GetSellerRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sellers, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSellersResponse listSellers(dev.upnext.v1.ListSellersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSellersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a seller. If `assign_records` becomes true, the `max_capacity` is raised, or the
     * calendar or something that a `seller_condition` may ask changes, the rules that may
     * choose the seller are run for the members of their segments who have no owner, oldest
     * first, by operations of kind ASSIGN_MEMBERS. A salesperson may only set their own
     * `after_completion`.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, ATTRIBUTE_UNKNOWN,
     * REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSellerResponse updateSeller(dev.upnext.v1.UpdateSellerRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a seller to whom nothing is left. First give records and activities to others:
     * ReassignRecords with `include_closed` and `include_activities`. With `force`, the seller
     * leaves teams and the lists of rules, sequences lose their owner, and keys are revoked.
     * Two things stay, and must be changed before: a rule that lists nobody else, and the last
     * key of a system administrator that never expires. A step that gives records or
     * activities to the seller finds nobody from then on, and the timeline says so. History
     * keeps what the seller did, with the name. CreateSeller with the same id brings the
     * seller back.
     * Precondition: The seller owns no record and has no activity in the queue. Without
     * `force`, no team, rule, sequence, step or key names the seller.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, SELLER_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSellerResponse deleteSeller(dev.upnext.v1.DeleteSellerRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declares attributes of sellers, which then have values in `Seller.attributes`.
     * Attributes that are already declared stay. Organization.seller_attributes shows all of
     * them.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: ATTRIBUTE_TYPE_CONFLICT, FIELD_INVALID (a name, a type, more than 100),
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeclareSellerAttributesResponse declareSellerAttributes(dev.upnext.v1.DeclareSellerAttributesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeclareSellerAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes an attribute of sellers, with its values.
     * Precondition: No `seller_condition` of an assignment rule names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSellerAttributeResponse deleteSellerAttribute(dev.upnext.v1.DeleteSellerAttributeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSellerAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives the records of a seller to another seller, to the members of a team in turn, or
     * to nobody, for a holiday or for good: an operation of kind REASSIGN_RECORDS that works
     * in chunks, in the order of the records, and that CancelOperation stops. Everything
     * follows an owner as with UpsertRecord: open activities, running waits, segments, and the
     * places that the seller has again. Records that the seller gets later stay with the
     * seller; without `assign_records`, no rule gives more. HandBackRecords undoes it.
     * Precondition: Who gets them exists, and isn't the seller.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds only what the seller has got since.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type, `new_owner`, `team`),
     * CONDITION_INVALID, FIELD_REQUIRED (a condition without `record_type`), FIELD_INVALID
     * (the seller itself, or a team without others), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignRecordsResponse reassignRecords(dev.upnext.v1.ReassignRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReassignRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives back what a ReassignRecords operation took from a seller: an operation of the same
     * kind. Records that still have the owner, or none, whom that operation gave them are the
     * seller's again; so are activities that are still in the queue where it put them. What
     * somebody has given on since stays. If that operation still runs, this one waits for it.
     * Precondition: The seller still exists.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing is
     * left to hand back.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (the operation, or its seller), FIELD_INVALID (an operation
     * that took nothing from a seller), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.HandBackRecordsResponse handBackRecords(dev.upnext.v1.HandBackRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHandBackRecordsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SellerService.
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SellerServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SellerServiceBlockingStub> {
    private SellerServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SellerServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SellerServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a seller and the seller's empty queue. A deleted seller with this id comes
     * back.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_UNKNOWN,
     * ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSellerResponse createSeller(dev.upnext.v1.CreateSellerRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one seller. `sellers/me` is the caller's own.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSellerResponse getSeller(dev.upnext.v1.GetSellerRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sellers, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSellersResponse listSellers(dev.upnext.v1.ListSellersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSellersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a seller. If `assign_records` becomes true, the `max_capacity` is raised, or the
     * calendar or something that a `seller_condition` may ask changes, the rules that may
     * choose the seller are run for the members of their segments who have no owner, oldest
     * first, by operations of kind ASSIGN_MEMBERS. A salesperson may only set their own
     * `after_completion`.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, ATTRIBUTE_UNKNOWN,
     * REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSellerResponse updateSeller(dev.upnext.v1.UpdateSellerRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a seller to whom nothing is left. First give records and activities to others:
     * ReassignRecords with `include_closed` and `include_activities`. With `force`, the seller
     * leaves teams and the lists of rules, sequences lose their owner, and keys are revoked.
     * Two things stay, and must be changed before: a rule that lists nobody else, and the last
     * key of a system administrator that never expires. A step that gives records or
     * activities to the seller finds nobody from then on, and the timeline says so. History
     * keeps what the seller did, with the name. CreateSeller with the same id brings the
     * seller back.
     * Precondition: The seller owns no record and has no activity in the queue. Without
     * `force`, no team, rule, sequence, step or key names the seller.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, SELLER_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSellerResponse deleteSeller(dev.upnext.v1.DeleteSellerRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSellerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declares attributes of sellers, which then have values in `Seller.attributes`.
     * Attributes that are already declared stay. Organization.seller_attributes shows all of
     * them.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: ATTRIBUTE_TYPE_CONFLICT, FIELD_INVALID (a name, a type, more than 100),
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeclareSellerAttributesResponse declareSellerAttributes(dev.upnext.v1.DeclareSellerAttributesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeclareSellerAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes an attribute of sellers, with its values.
     * Precondition: No `seller_condition` of an assignment rule names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSellerAttributeResponse deleteSellerAttribute(dev.upnext.v1.DeleteSellerAttributeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSellerAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives the records of a seller to another seller, to the members of a team in turn, or
     * to nobody, for a holiday or for good: an operation of kind REASSIGN_RECORDS that works
     * in chunks, in the order of the records, and that CancelOperation stops. Everything
     * follows an owner as with UpsertRecord: open activities, running waits, segments, and the
     * places that the seller has again. Records that the seller gets later stay with the
     * seller; without `assign_records`, no rule gives more. HandBackRecords undoes it.
     * Precondition: Who gets them exists, and isn't the seller.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds only what the seller has got since.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type, `new_owner`, `team`),
     * CONDITION_INVALID, FIELD_REQUIRED (a condition without `record_type`), FIELD_INVALID
     * (the seller itself, or a team without others), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignRecordsResponse reassignRecords(dev.upnext.v1.ReassignRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReassignRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives back what a ReassignRecords operation took from a seller: an operation of the same
     * kind. Records that still have the owner, or none, whom that operation gave them are the
     * seller's again; so are activities that are still in the queue where it put them. What
     * somebody has given on since stays. If that operation still runs, this one waits for it.
     * Precondition: The seller still exists.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing is
     * left to hand back.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (the operation, or its seller), FIELD_INVALID (an operation
     * that took nothing from a seller), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.HandBackRecordsResponse handBackRecords(dev.upnext.v1.HandBackRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHandBackRecordsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SellerService.
   * <pre>
   * Sellers: who does the work. Each Errors line lists the errors particular to its call;
   * ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SellerServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SellerServiceFutureStub> {
    private SellerServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SellerServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SellerServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a seller and the seller's empty queue. A deleted seller with this id comes
     * back.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_EXISTS, REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_UNKNOWN,
     * ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateSellerResponse> createSeller(
        dev.upnext.v1.CreateSellerRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSellerMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one seller. `sellers/me` is the caller's own.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetSellerResponse> getSeller(
        dev.upnext.v1.GetSellerRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSellerMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists sellers, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSellersResponse> listSellers(
        dev.upnext.v1.ListSellersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSellersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a seller. If `assign_records` becomes true, the `max_capacity` is raised, or the
     * calendar or something that a `seller_condition` may ask changes, the rules that may
     * choose the seller are run for the members of their segments who have no owner, oldest
     * first, by operations of kind ASSIGN_MEMBERS. A salesperson may only set their own
     * `after_completion`.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ROLE_REQUIRED, ETAG_MISMATCH, ATTRIBUTE_UNKNOWN,
     * REFERENCE_NOT_FOUND (calendar), ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateSellerResponse> updateSeller(
        dev.upnext.v1.UpdateSellerRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSellerMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a seller to whom nothing is left. First give records and activities to others:
     * ReassignRecords with `include_closed` and `include_activities`. With `force`, the seller
     * leaves teams and the lists of rules, sequences lose their owner, and keys are revoked.
     * Two things stay, and must be changed before: a rule that lists nobody else, and the last
     * key of a system administrator that never expires. A step that gives records or
     * activities to the seller finds nobody from then on, and the timeline says so. History
     * keeps what the seller did, with the name. CreateSeller with the same id brings the
     * seller back.
     * Precondition: The seller owns no record and has no activity in the queue. Without
     * `force`, no team, rule, sequence, step or key names the seller.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, SELLER_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteSellerResponse> deleteSeller(
        dev.upnext.v1.DeleteSellerRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSellerMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Declares attributes of sellers, which then have values in `Seller.attributes`.
     * Attributes that are already declared stay. Organization.seller_attributes shows all of
     * them.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: ATTRIBUTE_TYPE_CONFLICT, FIELD_INVALID (a name, a type, more than 100),
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeclareSellerAttributesResponse> declareSellerAttributes(
        dev.upnext.v1.DeclareSellerAttributesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeclareSellerAttributesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes an attribute of sellers, with its values.
     * Precondition: No `seller_condition` of an assignment rule names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_IN_USE, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteSellerAttributeResponse> deleteSellerAttribute(
        dev.upnext.v1.DeleteSellerAttributeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSellerAttributeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives the records of a seller to another seller, to the members of a team in turn, or
     * to nobody, for a holiday or for good: an operation of kind REASSIGN_RECORDS that works
     * in chunks, in the order of the records, and that CancelOperation stops. Everything
     * follows an owner as with UpsertRecord: open activities, running waits, segments, and the
     * places that the seller has again. Records that the seller gets later stay with the
     * seller; without `assign_records`, no rule gives more. HandBackRecords undoes it.
     * Precondition: Who gets them exists, and isn't the seller.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds only what the seller has got since.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (record type, `new_owner`, `team`),
     * CONDITION_INVALID, FIELD_REQUIRED (a condition without `record_type`), FIELD_INVALID
     * (the seller itself, or a team without others), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReassignRecordsResponse> reassignRecords(
        dev.upnext.v1.ReassignRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReassignRecordsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives back what a ReassignRecords operation took from a seller: an operation of the same
     * kind. Records that still have the owner, or none, whom that operation gave them are the
     * seller's again; so are activities that are still in the queue where it put them. What
     * somebody has given on since stays. If that operation still runs, this one waits for it.
     * Precondition: The seller still exists.
     * Repetition: The same `request_id` gets the first answer again; without one, nothing is
     * left to hand back.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (the operation, or its seller), FIELD_INVALID (an operation
     * that took nothing from a seller), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.HandBackRecordsResponse> handBackRecords(
        dev.upnext.v1.HandBackRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHandBackRecordsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SELLER = 0;
  private static final int METHODID_GET_SELLER = 1;
  private static final int METHODID_LIST_SELLERS = 2;
  private static final int METHODID_UPDATE_SELLER = 3;
  private static final int METHODID_DELETE_SELLER = 4;
  private static final int METHODID_DECLARE_SELLER_ATTRIBUTES = 5;
  private static final int METHODID_DELETE_SELLER_ATTRIBUTE = 6;
  private static final int METHODID_REASSIGN_RECORDS = 7;
  private static final int METHODID_HAND_BACK_RECORDS = 8;

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
        case METHODID_CREATE_SELLER:
          serviceImpl.createSeller((dev.upnext.v1.CreateSellerRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSellerResponse>) responseObserver);
          break;
        case METHODID_GET_SELLER:
          serviceImpl.getSeller((dev.upnext.v1.GetSellerRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetSellerResponse>) responseObserver);
          break;
        case METHODID_LIST_SELLERS:
          serviceImpl.listSellers((dev.upnext.v1.ListSellersRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSellersResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SELLER:
          serviceImpl.updateSeller((dev.upnext.v1.UpdateSellerRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSellerResponse>) responseObserver);
          break;
        case METHODID_DELETE_SELLER:
          serviceImpl.deleteSeller((dev.upnext.v1.DeleteSellerRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerResponse>) responseObserver);
          break;
        case METHODID_DECLARE_SELLER_ATTRIBUTES:
          serviceImpl.declareSellerAttributes((dev.upnext.v1.DeclareSellerAttributesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareSellerAttributesResponse>) responseObserver);
          break;
        case METHODID_DELETE_SELLER_ATTRIBUTE:
          serviceImpl.deleteSellerAttribute((dev.upnext.v1.DeleteSellerAttributeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSellerAttributeResponse>) responseObserver);
          break;
        case METHODID_REASSIGN_RECORDS:
          serviceImpl.reassignRecords((dev.upnext.v1.ReassignRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignRecordsResponse>) responseObserver);
          break;
        case METHODID_HAND_BACK_RECORDS:
          serviceImpl.handBackRecords((dev.upnext.v1.HandBackRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.HandBackRecordsResponse>) responseObserver);
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
          getCreateSellerMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateSellerRequest,
              dev.upnext.v1.CreateSellerResponse>(
                service, METHODID_CREATE_SELLER)))
        .addMethod(
          getGetSellerMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetSellerRequest,
              dev.upnext.v1.GetSellerResponse>(
                service, METHODID_GET_SELLER)))
        .addMethod(
          getListSellersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSellersRequest,
              dev.upnext.v1.ListSellersResponse>(
                service, METHODID_LIST_SELLERS)))
        .addMethod(
          getUpdateSellerMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateSellerRequest,
              dev.upnext.v1.UpdateSellerResponse>(
                service, METHODID_UPDATE_SELLER)))
        .addMethod(
          getDeleteSellerMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteSellerRequest,
              dev.upnext.v1.DeleteSellerResponse>(
                service, METHODID_DELETE_SELLER)))
        .addMethod(
          getDeclareSellerAttributesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeclareSellerAttributesRequest,
              dev.upnext.v1.DeclareSellerAttributesResponse>(
                service, METHODID_DECLARE_SELLER_ATTRIBUTES)))
        .addMethod(
          getDeleteSellerAttributeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteSellerAttributeRequest,
              dev.upnext.v1.DeleteSellerAttributeResponse>(
                service, METHODID_DELETE_SELLER_ATTRIBUTE)))
        .addMethod(
          getReassignRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReassignRecordsRequest,
              dev.upnext.v1.ReassignRecordsResponse>(
                service, METHODID_REASSIGN_RECORDS)))
        .addMethod(
          getHandBackRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.HandBackRecordsRequest,
              dev.upnext.v1.HandBackRecordsResponse>(
                service, METHODID_HAND_BACK_RECORDS)))
        .build();
  }

  private static abstract class SellerServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SellerServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.SellerServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SellerService");
    }
  }

  private static final class SellerServiceFileDescriptorSupplier
      extends SellerServiceBaseDescriptorSupplier {
    SellerServiceFileDescriptorSupplier() {}
  }

  private static final class SellerServiceMethodDescriptorSupplier
      extends SellerServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SellerServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SellerServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SellerServiceFileDescriptorSupplier())
              .addMethod(getCreateSellerMethod())
              .addMethod(getGetSellerMethod())
              .addMethod(getListSellersMethod())
              .addMethod(getUpdateSellerMethod())
              .addMethod(getDeleteSellerMethod())
              .addMethod(getDeclareSellerAttributesMethod())
              .addMethod(getDeleteSellerAttributeMethod())
              .addMethod(getReassignRecordsMethod())
              .addMethod(getHandBackRecordsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
