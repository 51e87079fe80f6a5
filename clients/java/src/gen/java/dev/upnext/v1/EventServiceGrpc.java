package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The events of an organization, for other systems. They are published if the organization's
 * setting `publish_events` is true: each gets a position after its write is committed. The
 * order of positions is the order in which they are listed and streamed; events of one record
 * have the order in which they happened. Each Errors line lists the errors particular to its
 * call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EventServiceGrpc {

  private EventServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.EventService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListEventsRequest,
      dev.upnext.v1.ListEventsResponse> getListEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEvents",
      requestType = dev.upnext.v1.ListEventsRequest.class,
      responseType = dev.upnext.v1.ListEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListEventsRequest,
      dev.upnext.v1.ListEventsResponse> getListEventsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListEventsRequest, dev.upnext.v1.ListEventsResponse> getListEventsMethod;
    if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
          EventServiceGrpc.getListEventsMethod = getListEventsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListEventsRequest, dev.upnext.v1.ListEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListEvents"))
              .build();
        }
      }
    }
    return getListEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.WatchEventsRequest,
      dev.upnext.v1.WatchEventsResponse> getWatchEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchEvents",
      requestType = dev.upnext.v1.WatchEventsRequest.class,
      responseType = dev.upnext.v1.WatchEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.WatchEventsRequest,
      dev.upnext.v1.WatchEventsResponse> getWatchEventsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.WatchEventsRequest, dev.upnext.v1.WatchEventsResponse> getWatchEventsMethod;
    if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
          EventServiceGrpc.getWatchEventsMethod = getWatchEventsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.WatchEventsRequest, dev.upnext.v1.WatchEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.WatchEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("WatchEvents"))
              .build();
        }
      }
    }
    return getWatchEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListAuditEventsRequest,
      dev.upnext.v1.ListAuditEventsResponse> getListAuditEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAuditEvents",
      requestType = dev.upnext.v1.ListAuditEventsRequest.class,
      responseType = dev.upnext.v1.ListAuditEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListAuditEventsRequest,
      dev.upnext.v1.ListAuditEventsResponse> getListAuditEventsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListAuditEventsRequest, dev.upnext.v1.ListAuditEventsResponse> getListAuditEventsMethod;
    if ((getListAuditEventsMethod = EventServiceGrpc.getListAuditEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListAuditEventsMethod = EventServiceGrpc.getListAuditEventsMethod) == null) {
          EventServiceGrpc.getListAuditEventsMethod = getListAuditEventsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListAuditEventsRequest, dev.upnext.v1.ListAuditEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAuditEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListAuditEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListAuditEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListAuditEvents"))
              .build();
        }
      }
    }
    return getListAuditEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateWebhookRequest,
      dev.upnext.v1.CreateWebhookResponse> getCreateWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateWebhook",
      requestType = dev.upnext.v1.CreateWebhookRequest.class,
      responseType = dev.upnext.v1.CreateWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateWebhookRequest,
      dev.upnext.v1.CreateWebhookResponse> getCreateWebhookMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateWebhookRequest, dev.upnext.v1.CreateWebhookResponse> getCreateWebhookMethod;
    if ((getCreateWebhookMethod = EventServiceGrpc.getCreateWebhookMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getCreateWebhookMethod = EventServiceGrpc.getCreateWebhookMethod) == null) {
          EventServiceGrpc.getCreateWebhookMethod = getCreateWebhookMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateWebhookRequest, dev.upnext.v1.CreateWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("CreateWebhook"))
              .build();
        }
      }
    }
    return getCreateWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetWebhookRequest,
      dev.upnext.v1.GetWebhookResponse> getGetWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWebhook",
      requestType = dev.upnext.v1.GetWebhookRequest.class,
      responseType = dev.upnext.v1.GetWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetWebhookRequest,
      dev.upnext.v1.GetWebhookResponse> getGetWebhookMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetWebhookRequest, dev.upnext.v1.GetWebhookResponse> getGetWebhookMethod;
    if ((getGetWebhookMethod = EventServiceGrpc.getGetWebhookMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getGetWebhookMethod = EventServiceGrpc.getGetWebhookMethod) == null) {
          EventServiceGrpc.getGetWebhookMethod = getGetWebhookMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetWebhookRequest, dev.upnext.v1.GetWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWebhook"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("GetWebhook"))
              .build();
        }
      }
    }
    return getGetWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhooksRequest,
      dev.upnext.v1.ListWebhooksResponse> getListWebhooksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhooks",
      requestType = dev.upnext.v1.ListWebhooksRequest.class,
      responseType = dev.upnext.v1.ListWebhooksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhooksRequest,
      dev.upnext.v1.ListWebhooksResponse> getListWebhooksMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhooksRequest, dev.upnext.v1.ListWebhooksResponse> getListWebhooksMethod;
    if ((getListWebhooksMethod = EventServiceGrpc.getListWebhooksMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListWebhooksMethod = EventServiceGrpc.getListWebhooksMethod) == null) {
          EventServiceGrpc.getListWebhooksMethod = getListWebhooksMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListWebhooksRequest, dev.upnext.v1.ListWebhooksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhooks"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListWebhooksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListWebhooksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListWebhooks"))
              .build();
        }
      }
    }
    return getListWebhooksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateWebhookRequest,
      dev.upnext.v1.UpdateWebhookResponse> getUpdateWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateWebhook",
      requestType = dev.upnext.v1.UpdateWebhookRequest.class,
      responseType = dev.upnext.v1.UpdateWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateWebhookRequest,
      dev.upnext.v1.UpdateWebhookResponse> getUpdateWebhookMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateWebhookRequest, dev.upnext.v1.UpdateWebhookResponse> getUpdateWebhookMethod;
    if ((getUpdateWebhookMethod = EventServiceGrpc.getUpdateWebhookMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getUpdateWebhookMethod = EventServiceGrpc.getUpdateWebhookMethod) == null) {
          EventServiceGrpc.getUpdateWebhookMethod = getUpdateWebhookMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateWebhookRequest, dev.upnext.v1.UpdateWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("UpdateWebhook"))
              .build();
        }
      }
    }
    return getUpdateWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteWebhookRequest,
      dev.upnext.v1.DeleteWebhookResponse> getDeleteWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteWebhook",
      requestType = dev.upnext.v1.DeleteWebhookRequest.class,
      responseType = dev.upnext.v1.DeleteWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteWebhookRequest,
      dev.upnext.v1.DeleteWebhookResponse> getDeleteWebhookMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteWebhookRequest, dev.upnext.v1.DeleteWebhookResponse> getDeleteWebhookMethod;
    if ((getDeleteWebhookMethod = EventServiceGrpc.getDeleteWebhookMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getDeleteWebhookMethod = EventServiceGrpc.getDeleteWebhookMethod) == null) {
          EventServiceGrpc.getDeleteWebhookMethod = getDeleteWebhookMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteWebhookRequest, dev.upnext.v1.DeleteWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("DeleteWebhook"))
              .build();
        }
      }
    }
    return getDeleteWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RotateWebhookSecretRequest,
      dev.upnext.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateWebhookSecret",
      requestType = dev.upnext.v1.RotateWebhookSecretRequest.class,
      responseType = dev.upnext.v1.RotateWebhookSecretResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RotateWebhookSecretRequest,
      dev.upnext.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RotateWebhookSecretRequest, dev.upnext.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;
    if ((getRotateWebhookSecretMethod = EventServiceGrpc.getRotateWebhookSecretMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getRotateWebhookSecretMethod = EventServiceGrpc.getRotateWebhookSecretMethod) == null) {
          EventServiceGrpc.getRotateWebhookSecretMethod = getRotateWebhookSecretMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RotateWebhookSecretRequest, dev.upnext.v1.RotateWebhookSecretResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateWebhookSecret"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RotateWebhookSecretRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RotateWebhookSecretResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("RotateWebhookSecret"))
              .build();
        }
      }
    }
    return getRotateWebhookSecretMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhookDeliveriesRequest,
      dev.upnext.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookDeliveries",
      requestType = dev.upnext.v1.ListWebhookDeliveriesRequest.class,
      responseType = dev.upnext.v1.ListWebhookDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhookDeliveriesRequest,
      dev.upnext.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListWebhookDeliveriesRequest, dev.upnext.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;
    if ((getListWebhookDeliveriesMethod = EventServiceGrpc.getListWebhookDeliveriesMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListWebhookDeliveriesMethod = EventServiceGrpc.getListWebhookDeliveriesMethod) == null) {
          EventServiceGrpc.getListWebhookDeliveriesMethod = getListWebhookDeliveriesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListWebhookDeliveriesRequest, dev.upnext.v1.ListWebhookDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookDeliveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListWebhookDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListWebhookDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListWebhookDeliveries"))
              .build();
        }
      }
    }
    return getListWebhookDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RetryWebhookDeliveryRequest,
      dev.upnext.v1.RetryWebhookDeliveryResponse> getRetryWebhookDeliveryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetryWebhookDelivery",
      requestType = dev.upnext.v1.RetryWebhookDeliveryRequest.class,
      responseType = dev.upnext.v1.RetryWebhookDeliveryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RetryWebhookDeliveryRequest,
      dev.upnext.v1.RetryWebhookDeliveryResponse> getRetryWebhookDeliveryMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RetryWebhookDeliveryRequest, dev.upnext.v1.RetryWebhookDeliveryResponse> getRetryWebhookDeliveryMethod;
    if ((getRetryWebhookDeliveryMethod = EventServiceGrpc.getRetryWebhookDeliveryMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getRetryWebhookDeliveryMethod = EventServiceGrpc.getRetryWebhookDeliveryMethod) == null) {
          EventServiceGrpc.getRetryWebhookDeliveryMethod = getRetryWebhookDeliveryMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RetryWebhookDeliveryRequest, dev.upnext.v1.RetryWebhookDeliveryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetryWebhookDelivery"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryWebhookDeliveryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryWebhookDeliveryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("RetryWebhookDelivery"))
              .build();
        }
      }
    }
    return getRetryWebhookDeliveryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.TestWebhookRequest,
      dev.upnext.v1.TestWebhookResponse> getTestWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TestWebhook",
      requestType = dev.upnext.v1.TestWebhookRequest.class,
      responseType = dev.upnext.v1.TestWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.TestWebhookRequest,
      dev.upnext.v1.TestWebhookResponse> getTestWebhookMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.TestWebhookRequest, dev.upnext.v1.TestWebhookResponse> getTestWebhookMethod;
    if ((getTestWebhookMethod = EventServiceGrpc.getTestWebhookMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getTestWebhookMethod = EventServiceGrpc.getTestWebhookMethod) == null) {
          EventServiceGrpc.getTestWebhookMethod = getTestWebhookMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.TestWebhookRequest, dev.upnext.v1.TestWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TestWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.TestWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.TestWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("TestWebhook"))
              .build();
        }
      }
    }
    return getTestWebhookMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EventServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceStub>() {
        @java.lang.Override
        public EventServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceStub(channel, callOptions);
        }
      };
    return EventServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EventServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub>() {
        @java.lang.Override
        public EventServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EventServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EventServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub>() {
        @java.lang.Override
        public EventServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingStub(channel, callOptions);
        }
      };
    return EventServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EventServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub>() {
        @java.lang.Override
        public EventServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceFutureStub(channel, callOptions);
        }
      };
    return EventServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists published events, the oldest first. A page may have fewer events than asked for,
     * even none, and yet not be the last. For a reader that polls: call it with `resume_token`
     * of the last answer.
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, PAGE_TOKEN_INVALID,
     * RESUME_TOKEN_INVALID, FIELD_INVALID (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND
     * (record, sequence, seller).
     * </pre>
     */
    default void listEvents(dev.upnext.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends events as they are published, each at least once, in the order of their positions.
     * The stream begins after the position that `resume_token` names; without one, with the
     * events that are published from now on. Each message has a `resume_token`: once its
     * events are processed, the token may be kept, across disconnects and servers. Who resumes
     * with it misses nothing. The token grants no access. It works as long as all events after
     * it are kept: for ever, unless the organization sets `history_retention_days`. Once one
     * of them is forgotten, the token gets EVENTS_FORGOTTEN.
     * Heartbeats carry a token, too, and tell how far behind the stream is. After three missed
     * heartbeats the stream is dead: open it again. A slow client delays nobody: its events
     * wait where they are kept.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access or the organization is suspended, and at the instant at which the key or the
     * token (TOKEN_EXPIRED) expires. It ends with EVENTS_NOT_PUBLISHED if `publish_events`
     * becomes false.
     * Of one key, or of one token's subject, at most ten streams are open. One more is opened
     * all the same, and the oldest ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS).
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, RESUME_TOKEN_INVALID, FIELD_INVALID
     * (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND (record, sequence, seller),
     * TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    default void watchEvents(dev.upnext.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists writes of definitions, settings, sellers, teams, calendars, API keys, webhooks,
     * saved views, operations and problems, whoever did them, the newest first: who did it,
     * when, from which address, and the resource before and after. Works even if the
     * organization doesn't publish its events. Filters are joined by "and".
     * Roles: system_administrator.
     * Errors: PAGE_TOKEN_INVALID, FIELD_INVALID (resource, resource_kind, end_time),
     * RESOURCE_NAME_INVALID (actor).
     * </pre>
     */
    default void listAuditEvents(dev.upnext.v1.ListAuditEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListAuditEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAuditEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates a webhook for events that are published from now on. The answer has the secret
     * that signs what is sent.
     * Precondition: The organization publishes its events, and has fewer than 20 webhooks.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: EVENTS_NOT_PUBLISHED, RESOURCE_EXISTS, LIMIT_EXCEEDED, WEBHOOK_URL_INVALID,
     * FIELD_INVALID (kinds), REQUEST_ID_REUSED.
     * </pre>
     */
    default void createWebhook(dev.upnext.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one webhook, with how the sending goes.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getWebhook(dev.upnext.v1.GetWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists webhooks, ordered by id.
     * Roles: system_administrator, integration.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listWebhooks(dev.upnext.v1.ListWebhooksRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhooksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhooksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a webhook. If something changes, earlier failures are forgotten, and the next
     * event is sent at once, unless the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, WEBHOOK_URL_INVALID, FIELD_INVALID (kinds),
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateWebhook(dev.upnext.v1.UpdateWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a webhook, with the deliveries that it gave up.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteWebhook(dev.upnext.v1.DeleteWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a webhook another secret. For `overlap` each event is signed by both, so that the
     * receiver can change over without missing any. Only the last two secrets sign: another
     * rotation ends the older one at once.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, there is another secret.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID (overlap), REQUEST_ID_REUSED.
     * </pre>
     */
    default void rotateWebhookSecret(dev.upnext.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateWebhookSecretMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the events that a webhook gave up, the oldest first.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listWebhookDeliveries(dev.upnext.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends an event once more that a webhook gave up, whatever its place in the order. Once
     * it has arrived, the delivery is gone. Nothing is sent while the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the event is
     * sent once more, unless it has arrived: then RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    default void retryWebhookDelivery(dev.upnext.v1.RetryWebhookDeliveryRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryWebhookDeliveryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetryWebhookDeliveryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends a test to a webhook's URL at once, signed like its events, and answers what became
     * of it. The test is an Event with `webhook_test`. It is neither kept nor published, is
     * never repeated, and changes nothing about the webhook, which may be disabled.
     * Precondition: This server is sending no other test for the organization. A test ends
     * after at most 15 seconds.
     * Repetition: Sends another test.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, WEBHOOK_TEST_RUNNING.
     * </pre>
     */
    default void testWebhook(dev.upnext.v1.TestWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.TestWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTestWebhookMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EventService.
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class EventServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EventServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EventService.
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class EventServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EventServiceStub> {
    private EventServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists published events, the oldest first. A page may have fewer events than asked for,
     * even none, and yet not be the last. For a reader that polls: call it with `resume_token`
     * of the last answer.
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, PAGE_TOKEN_INVALID,
     * RESUME_TOKEN_INVALID, FIELD_INVALID (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND
     * (record, sequence, seller).
     * </pre>
     */
    public void listEvents(dev.upnext.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends events as they are published, each at least once, in the order of their positions.
     * The stream begins after the position that `resume_token` names; without one, with the
     * events that are published from now on. Each message has a `resume_token`: once its
     * events are processed, the token may be kept, across disconnects and servers. Who resumes
     * with it misses nothing. The token grants no access. It works as long as all events after
     * it are kept: for ever, unless the organization sets `history_retention_days`. Once one
     * of them is forgotten, the token gets EVENTS_FORGOTTEN.
     * Heartbeats carry a token, too, and tell how far behind the stream is. After three missed
     * heartbeats the stream is dead: open it again. A slow client delays nobody: its events
     * wait where they are kept.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access or the organization is suspended, and at the instant at which the key or the
     * token (TOKEN_EXPIRED) expires. It ends with EVENTS_NOT_PUBLISHED if `publish_events`
     * becomes false.
     * Of one key, or of one token's subject, at most ten streams are open. One more is opened
     * all the same, and the oldest ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS).
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, RESUME_TOKEN_INVALID, FIELD_INVALID
     * (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND (record, sequence, seller),
     * TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public void watchEvents(dev.upnext.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists writes of definitions, settings, sellers, teams, calendars, API keys, webhooks,
     * saved views, operations and problems, whoever did them, the newest first: who did it,
     * when, from which address, and the resource before and after. Works even if the
     * organization doesn't publish its events. Filters are joined by "and".
     * Roles: system_administrator.
     * Errors: PAGE_TOKEN_INVALID, FIELD_INVALID (resource, resource_kind, end_time),
     * RESOURCE_NAME_INVALID (actor).
     * </pre>
     */
    public void listAuditEvents(dev.upnext.v1.ListAuditEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListAuditEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAuditEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates a webhook for events that are published from now on. The answer has the secret
     * that signs what is sent.
     * Precondition: The organization publishes its events, and has fewer than 20 webhooks.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: EVENTS_NOT_PUBLISHED, RESOURCE_EXISTS, LIMIT_EXCEEDED, WEBHOOK_URL_INVALID,
     * FIELD_INVALID (kinds), REQUEST_ID_REUSED.
     * </pre>
     */
    public void createWebhook(dev.upnext.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one webhook, with how the sending goes.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getWebhook(dev.upnext.v1.GetWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists webhooks, ordered by id.
     * Roles: system_administrator, integration.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listWebhooks(dev.upnext.v1.ListWebhooksRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhooksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhooksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a webhook. If something changes, earlier failures are forgotten, and the next
     * event is sent at once, unless the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, WEBHOOK_URL_INVALID, FIELD_INVALID (kinds),
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateWebhook(dev.upnext.v1.UpdateWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a webhook, with the deliveries that it gave up.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteWebhook(dev.upnext.v1.DeleteWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a webhook another secret. For `overlap` each event is signed by both, so that the
     * receiver can change over without missing any. Only the last two secrets sign: another
     * rotation ends the older one at once.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, there is another secret.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID (overlap), REQUEST_ID_REUSED.
     * </pre>
     */
    public void rotateWebhookSecret(dev.upnext.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the events that a webhook gave up, the oldest first.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listWebhookDeliveries(dev.upnext.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends an event once more that a webhook gave up, whatever its place in the order. Once
     * it has arrived, the delivery is gone. Nothing is sent while the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the event is
     * sent once more, unless it has arrived: then RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public void retryWebhookDelivery(dev.upnext.v1.RetryWebhookDeliveryRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryWebhookDeliveryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetryWebhookDeliveryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends a test to a webhook's URL at once, signed like its events, and answers what became
     * of it. The test is an Event with `webhook_test`. It is neither kept nor published, is
     * never repeated, and changes nothing about the webhook, which may be disabled.
     * Precondition: This server is sending no other test for the organization. A test ends
     * after at most 15 seconds.
     * Repetition: Sends another test.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, WEBHOOK_TEST_RUNNING.
     * </pre>
     */
    public void testWebhook(dev.upnext.v1.TestWebhookRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.TestWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTestWebhookMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EventService.
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class EventServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingV2Stub> {
    private EventServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists published events, the oldest first. A page may have fewer events than asked for,
     * even none, and yet not be the last. For a reader that polls: call it with `resume_token`
     * of the last answer.
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, PAGE_TOKEN_INVALID,
     * RESUME_TOKEN_INVALID, FIELD_INVALID (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND
     * (record, sequence, seller).
     * </pre>
     */
    public dev.upnext.v1.ListEventsResponse listEvents(dev.upnext.v1.ListEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends events as they are published, each at least once, in the order of their positions.
     * The stream begins after the position that `resume_token` names; without one, with the
     * events that are published from now on. Each message has a `resume_token`: once its
     * events are processed, the token may be kept, across disconnects and servers. Who resumes
     * with it misses nothing. The token grants no access. It works as long as all events after
     * it are kept: for ever, unless the organization sets `history_retention_days`. Once one
     * of them is forgotten, the token gets EVENTS_FORGOTTEN.
     * Heartbeats carry a token, too, and tell how far behind the stream is. After three missed
     * heartbeats the stream is dead: open it again. A slow client delays nobody: its events
     * wait where they are kept.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access or the organization is suspended, and at the instant at which the key or the
     * token (TOKEN_EXPIRED) expires. It ends with EVENTS_NOT_PUBLISHED if `publish_events`
     * becomes false.
     * Of one key, or of one token's subject, at most ten streams are open. One more is opened
     * all the same, and the oldest ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS).
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, RESUME_TOKEN_INVALID, FIELD_INVALID
     * (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND (record, sequence, seller),
     * TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.upnext.v1.WatchEventsResponse>
        watchEvents(dev.upnext.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists writes of definitions, settings, sellers, teams, calendars, API keys, webhooks,
     * saved views, operations and problems, whoever did them, the newest first: who did it,
     * when, from which address, and the resource before and after. Works even if the
     * organization doesn't publish its events. Filters are joined by "and".
     * Roles: system_administrator.
     * Errors: PAGE_TOKEN_INVALID, FIELD_INVALID (resource, resource_kind, end_time),
     * RESOURCE_NAME_INVALID (actor).
     * </pre>
     */
    public dev.upnext.v1.ListAuditEventsResponse listAuditEvents(dev.upnext.v1.ListAuditEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAuditEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a webhook for events that are published from now on. The answer has the secret
     * that signs what is sent.
     * Precondition: The organization publishes its events, and has fewer than 20 webhooks.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: EVENTS_NOT_PUBLISHED, RESOURCE_EXISTS, LIMIT_EXCEEDED, WEBHOOK_URL_INVALID,
     * FIELD_INVALID (kinds), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateWebhookResponse createWebhook(dev.upnext.v1.CreateWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one webhook, with how the sending goes.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetWebhookResponse getWebhook(dev.upnext.v1.GetWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists webhooks, ordered by id.
     * Roles: system_administrator, integration.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListWebhooksResponse listWebhooks(dev.upnext.v1.ListWebhooksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a webhook. If something changes, earlier failures are forgotten, and the next
     * event is sent at once, unless the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, WEBHOOK_URL_INVALID, FIELD_INVALID (kinds),
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateWebhookResponse updateWebhook(dev.upnext.v1.UpdateWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a webhook, with the deliveries that it gave up.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteWebhookResponse deleteWebhook(dev.upnext.v1.DeleteWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a webhook another secret. For `overlap` each event is signed by both, so that the
     * receiver can change over without missing any. Only the last two secrets sign: another
     * rotation ends the older one at once.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, there is another secret.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID (overlap), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RotateWebhookSecretResponse rotateWebhookSecret(dev.upnext.v1.RotateWebhookSecretRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events that a webhook gave up, the oldest first.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(dev.upnext.v1.ListWebhookDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends an event once more that a webhook gave up, whatever its place in the order. Once
     * it has arrived, the delivery is gone. Nothing is sent while the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the event is
     * sent once more, unless it has arrived: then RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryWebhookDeliveryResponse retryWebhookDelivery(dev.upnext.v1.RetryWebhookDeliveryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetryWebhookDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends a test to a webhook's URL at once, signed like its events, and answers what became
     * of it. The test is an Event with `webhook_test`. It is neither kept nor published, is
     * never repeated, and changes nothing about the webhook, which may be disabled.
     * Precondition: This server is sending no other test for the organization. A test ends
     * after at most 15 seconds.
     * Repetition: Sends another test.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, WEBHOOK_TEST_RUNNING.
     * </pre>
     */
    public dev.upnext.v1.TestWebhookResponse testWebhook(dev.upnext.v1.TestWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTestWebhookMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EventService.
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class EventServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingStub> {
    private EventServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists published events, the oldest first. A page may have fewer events than asked for,
     * even none, and yet not be the last. For a reader that polls: call it with `resume_token`
     * of the last answer.
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, PAGE_TOKEN_INVALID,
     * RESUME_TOKEN_INVALID, FIELD_INVALID (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND
     * (record, sequence, seller).
     * </pre>
     */
    public dev.upnext.v1.ListEventsResponse listEvents(dev.upnext.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends events as they are published, each at least once, in the order of their positions.
     * The stream begins after the position that `resume_token` names; without one, with the
     * events that are published from now on. Each message has a `resume_token`: once its
     * events are processed, the token may be kept, across disconnects and servers. Who resumes
     * with it misses nothing. The token grants no access. It works as long as all events after
     * it are kept: for ever, unless the organization sets `history_retention_days`. Once one
     * of them is forgotten, the token gets EVENTS_FORGOTTEN.
     * Heartbeats carry a token, too, and tell how far behind the stream is. After three missed
     * heartbeats the stream is dead: open it again. A slow client delays nobody: its events
     * wait where they are kept.
     * The stream ends with UNAVAILABLE (STREAM_DRAINED) after a `draining` message, when the
     * server stops or the stream is 30 to 60 minutes old. It ends with UNAUTHENTICATED
     * (CREDENTIALS_INVALID) or PERMISSION_DENIED within 10 seconds after the caller loses
     * access or the organization is suspended, and at the instant at which the key or the
     * token (TOKEN_EXPIRED) expires. It ends with EVENTS_NOT_PUBLISHED if `publish_events`
     * becomes false.
     * Of one key, or of one token's subject, at most ten streams are open. One more is opened
     * all the same, and the oldest ends with RESOURCE_EXHAUSTED (TOO_MANY_STREAMS).
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, RESUME_TOKEN_INVALID, FIELD_INVALID
     * (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND (record, sequence, seller),
     * TOO_MANY_STREAMS, STREAM_DRAINED.
     * </pre>
     */
    public java.util.Iterator<dev.upnext.v1.WatchEventsResponse> watchEvents(
        dev.upnext.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists writes of definitions, settings, sellers, teams, calendars, API keys, webhooks,
     * saved views, operations and problems, whoever did them, the newest first: who did it,
     * when, from which address, and the resource before and after. Works even if the
     * organization doesn't publish its events. Filters are joined by "and".
     * Roles: system_administrator.
     * Errors: PAGE_TOKEN_INVALID, FIELD_INVALID (resource, resource_kind, end_time),
     * RESOURCE_NAME_INVALID (actor).
     * </pre>
     */
    public dev.upnext.v1.ListAuditEventsResponse listAuditEvents(dev.upnext.v1.ListAuditEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAuditEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a webhook for events that are published from now on. The answer has the secret
     * that signs what is sent.
     * Precondition: The organization publishes its events, and has fewer than 20 webhooks.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: EVENTS_NOT_PUBLISHED, RESOURCE_EXISTS, LIMIT_EXCEEDED, WEBHOOK_URL_INVALID,
     * FIELD_INVALID (kinds), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateWebhookResponse createWebhook(dev.upnext.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one webhook, with how the sending goes.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetWebhookResponse getWebhook(dev.upnext.v1.GetWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists webhooks, ordered by id.
     * Roles: system_administrator, integration.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListWebhooksResponse listWebhooks(dev.upnext.v1.ListWebhooksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a webhook. If something changes, earlier failures are forgotten, and the next
     * event is sent at once, unless the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, WEBHOOK_URL_INVALID, FIELD_INVALID (kinds),
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateWebhookResponse updateWebhook(dev.upnext.v1.UpdateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a webhook, with the deliveries that it gave up.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteWebhookResponse deleteWebhook(dev.upnext.v1.DeleteWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a webhook another secret. For `overlap` each event is signed by both, so that the
     * receiver can change over without missing any. Only the last two secrets sign: another
     * rotation ends the older one at once.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, there is another secret.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID (overlap), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RotateWebhookSecretResponse rotateWebhookSecret(dev.upnext.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events that a webhook gave up, the oldest first.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(dev.upnext.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends an event once more that a webhook gave up, whatever its place in the order. Once
     * it has arrived, the delivery is gone. Nothing is sent while the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the event is
     * sent once more, unless it has arrived: then RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryWebhookDeliveryResponse retryWebhookDelivery(dev.upnext.v1.RetryWebhookDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetryWebhookDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends a test to a webhook's URL at once, signed like its events, and answers what became
     * of it. The test is an Event with `webhook_test`. It is neither kept nor published, is
     * never repeated, and changes nothing about the webhook, which may be disabled.
     * Precondition: This server is sending no other test for the organization. A test ends
     * after at most 15 seconds.
     * Repetition: Sends another test.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, WEBHOOK_TEST_RUNNING.
     * </pre>
     */
    public dev.upnext.v1.TestWebhookResponse testWebhook(dev.upnext.v1.TestWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTestWebhookMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EventService.
   * <pre>
   * The events of an organization, for other systems. They are published if the organization's
   * setting `publish_events` is true: each gets a position after its write is committed. The
   * order of positions is the order in which they are listed and streamed; events of one record
   * have the order in which they happened. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class EventServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EventServiceFutureStub> {
    private EventServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists published events, the oldest first. A page may have fewer events than asked for,
     * even none, and yet not be the last. For a reader that polls: call it with `resume_token`
     * of the last answer.
     * Precondition: The organization publishes its events.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: EVENTS_NOT_PUBLISHED, EVENTS_FORGOTTEN, PAGE_TOKEN_INVALID,
     * RESUME_TOKEN_INVALID, FIELD_INVALID (kinds), RESOURCE_NAME_INVALID, RESOURCE_NOT_FOUND
     * (record, sequence, seller).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListEventsResponse> listEvents(
        dev.upnext.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists writes of definitions, settings, sellers, teams, calendars, API keys, webhooks,
     * saved views, operations and problems, whoever did them, the newest first: who did it,
     * when, from which address, and the resource before and after. Works even if the
     * organization doesn't publish its events. Filters are joined by "and".
     * Roles: system_administrator.
     * Errors: PAGE_TOKEN_INVALID, FIELD_INVALID (resource, resource_kind, end_time),
     * RESOURCE_NAME_INVALID (actor).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListAuditEventsResponse> listAuditEvents(
        dev.upnext.v1.ListAuditEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAuditEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates a webhook for events that are published from now on. The answer has the secret
     * that signs what is sent.
     * Precondition: The organization publishes its events, and has fewer than 20 webhooks.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: EVENTS_NOT_PUBLISHED, RESOURCE_EXISTS, LIMIT_EXCEEDED, WEBHOOK_URL_INVALID,
     * FIELD_INVALID (kinds), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateWebhookResponse> createWebhook(
        dev.upnext.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one webhook, with how the sending goes.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetWebhookResponse> getWebhook(
        dev.upnext.v1.GetWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists webhooks, ordered by id.
     * Roles: system_administrator, integration.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListWebhooksResponse> listWebhooks(
        dev.upnext.v1.ListWebhooksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhooksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a webhook. If something changes, earlier failures are forgotten, and the next
     * event is sent at once, unless the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, WEBHOOK_URL_INVALID, FIELD_INVALID (kinds),
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateWebhookResponse> updateWebhook(
        dev.upnext.v1.UpdateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a webhook, with the deliveries that it gave up.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteWebhookResponse> deleteWebhook(
        dev.upnext.v1.DeleteWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a webhook another secret. For `overlap` each event is signed by both, so that the
     * receiver can change over without missing any. Only the last two secrets sign: another
     * rotation ends the older one at once.
     * Repetition: The same `request_id` gets the webhook again, without the secret; without
     * one, there is another secret.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID (overlap), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RotateWebhookSecretResponse> rotateWebhookSecret(
        dev.upnext.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the events that a webhook gave up, the oldest first.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListWebhookDeliveriesResponse> listWebhookDeliveries(
        dev.upnext.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sends an event once more that a webhook gave up, whatever its place in the order. Once
     * it has arrived, the delivery is gone. Nothing is sent while the webhook is disabled.
     * Repetition: The same `request_id` gets the first answer again; without one, the event is
     * sent once more, unless it has arrived: then RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RetryWebhookDeliveryResponse> retryWebhookDelivery(
        dev.upnext.v1.RetryWebhookDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetryWebhookDeliveryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sends a test to a webhook's URL at once, signed like its events, and answers what became
     * of it. The test is an Event with `webhook_test`. It is neither kept nor published, is
     * never repeated, and changes nothing about the webhook, which may be disabled.
     * Precondition: This server is sending no other test for the organization. A test ends
     * after at most 15 seconds.
     * Repetition: Sends another test.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, WEBHOOK_TEST_RUNNING.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.TestWebhookResponse> testWebhook(
        dev.upnext.v1.TestWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTestWebhookMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_EVENTS = 0;
  private static final int METHODID_WATCH_EVENTS = 1;
  private static final int METHODID_LIST_AUDIT_EVENTS = 2;
  private static final int METHODID_CREATE_WEBHOOK = 3;
  private static final int METHODID_GET_WEBHOOK = 4;
  private static final int METHODID_LIST_WEBHOOKS = 5;
  private static final int METHODID_UPDATE_WEBHOOK = 6;
  private static final int METHODID_DELETE_WEBHOOK = 7;
  private static final int METHODID_ROTATE_WEBHOOK_SECRET = 8;
  private static final int METHODID_LIST_WEBHOOK_DELIVERIES = 9;
  private static final int METHODID_RETRY_WEBHOOK_DELIVERY = 10;
  private static final int METHODID_TEST_WEBHOOK = 11;

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
        case METHODID_LIST_EVENTS:
          serviceImpl.listEvents((dev.upnext.v1.ListEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListEventsResponse>) responseObserver);
          break;
        case METHODID_WATCH_EVENTS:
          serviceImpl.watchEvents((dev.upnext.v1.WatchEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.WatchEventsResponse>) responseObserver);
          break;
        case METHODID_LIST_AUDIT_EVENTS:
          serviceImpl.listAuditEvents((dev.upnext.v1.ListAuditEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListAuditEventsResponse>) responseObserver);
          break;
        case METHODID_CREATE_WEBHOOK:
          serviceImpl.createWebhook((dev.upnext.v1.CreateWebhookRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateWebhookResponse>) responseObserver);
          break;
        case METHODID_GET_WEBHOOK:
          serviceImpl.getWebhook((dev.upnext.v1.GetWebhookRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetWebhookResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOKS:
          serviceImpl.listWebhooks((dev.upnext.v1.ListWebhooksRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhooksResponse>) responseObserver);
          break;
        case METHODID_UPDATE_WEBHOOK:
          serviceImpl.updateWebhook((dev.upnext.v1.UpdateWebhookRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateWebhookResponse>) responseObserver);
          break;
        case METHODID_DELETE_WEBHOOK:
          serviceImpl.deleteWebhook((dev.upnext.v1.DeleteWebhookRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteWebhookResponse>) responseObserver);
          break;
        case METHODID_ROTATE_WEBHOOK_SECRET:
          serviceImpl.rotateWebhookSecret((dev.upnext.v1.RotateWebhookSecretRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RotateWebhookSecretResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_DELIVERIES:
          serviceImpl.listWebhookDeliveries((dev.upnext.v1.ListWebhookDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListWebhookDeliveriesResponse>) responseObserver);
          break;
        case METHODID_RETRY_WEBHOOK_DELIVERY:
          serviceImpl.retryWebhookDelivery((dev.upnext.v1.RetryWebhookDeliveryRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RetryWebhookDeliveryResponse>) responseObserver);
          break;
        case METHODID_TEST_WEBHOOK:
          serviceImpl.testWebhook((dev.upnext.v1.TestWebhookRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.TestWebhookResponse>) responseObserver);
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
          getListEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListEventsRequest,
              dev.upnext.v1.ListEventsResponse>(
                service, METHODID_LIST_EVENTS)))
        .addMethod(
          getWatchEventsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.upnext.v1.WatchEventsRequest,
              dev.upnext.v1.WatchEventsResponse>(
                service, METHODID_WATCH_EVENTS)))
        .addMethod(
          getListAuditEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListAuditEventsRequest,
              dev.upnext.v1.ListAuditEventsResponse>(
                service, METHODID_LIST_AUDIT_EVENTS)))
        .addMethod(
          getCreateWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateWebhookRequest,
              dev.upnext.v1.CreateWebhookResponse>(
                service, METHODID_CREATE_WEBHOOK)))
        .addMethod(
          getGetWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetWebhookRequest,
              dev.upnext.v1.GetWebhookResponse>(
                service, METHODID_GET_WEBHOOK)))
        .addMethod(
          getListWebhooksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListWebhooksRequest,
              dev.upnext.v1.ListWebhooksResponse>(
                service, METHODID_LIST_WEBHOOKS)))
        .addMethod(
          getUpdateWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateWebhookRequest,
              dev.upnext.v1.UpdateWebhookResponse>(
                service, METHODID_UPDATE_WEBHOOK)))
        .addMethod(
          getDeleteWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteWebhookRequest,
              dev.upnext.v1.DeleteWebhookResponse>(
                service, METHODID_DELETE_WEBHOOK)))
        .addMethod(
          getRotateWebhookSecretMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RotateWebhookSecretRequest,
              dev.upnext.v1.RotateWebhookSecretResponse>(
                service, METHODID_ROTATE_WEBHOOK_SECRET)))
        .addMethod(
          getListWebhookDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListWebhookDeliveriesRequest,
              dev.upnext.v1.ListWebhookDeliveriesResponse>(
                service, METHODID_LIST_WEBHOOK_DELIVERIES)))
        .addMethod(
          getRetryWebhookDeliveryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RetryWebhookDeliveryRequest,
              dev.upnext.v1.RetryWebhookDeliveryResponse>(
                service, METHODID_RETRY_WEBHOOK_DELIVERY)))
        .addMethod(
          getTestWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.TestWebhookRequest,
              dev.upnext.v1.TestWebhookResponse>(
                service, METHODID_TEST_WEBHOOK)))
        .build();
  }

  private static abstract class EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EventServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.EventServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EventService");
    }
  }

  private static final class EventServiceFileDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier {
    EventServiceFileDescriptorSupplier() {}
  }

  private static final class EventServiceMethodDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EventServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (EventServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EventServiceFileDescriptorSupplier())
              .addMethod(getListEventsMethod())
              .addMethod(getWatchEventsMethod())
              .addMethod(getListAuditEventsMethod())
              .addMethod(getCreateWebhookMethod())
              .addMethod(getGetWebhookMethod())
              .addMethod(getListWebhooksMethod())
              .addMethod(getUpdateWebhookMethod())
              .addMethod(getDeleteWebhookMethod())
              .addMethod(getRotateWebhookSecretMethod())
              .addMethod(getListWebhookDeliveriesMethod())
              .addMethod(getRetryWebhookDeliveryMethod())
              .addMethod(getTestWebhookMethod())
              .build();
        }
      }
    }
    return result;
  }
}
