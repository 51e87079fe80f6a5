package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Segments take matching records, give them owners and feed sequences. A change of a record is
 * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
 * particular to its call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SegmentServiceGrpc {

  private SegmentServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.SegmentService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateSegmentRequest,
      dev.upnext.v1.CreateSegmentResponse> getCreateSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSegment",
      requestType = dev.upnext.v1.CreateSegmentRequest.class,
      responseType = dev.upnext.v1.CreateSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateSegmentRequest,
      dev.upnext.v1.CreateSegmentResponse> getCreateSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateSegmentRequest, dev.upnext.v1.CreateSegmentResponse> getCreateSegmentMethod;
    if ((getCreateSegmentMethod = SegmentServiceGrpc.getCreateSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getCreateSegmentMethod = SegmentServiceGrpc.getCreateSegmentMethod) == null) {
          SegmentServiceGrpc.getCreateSegmentMethod = getCreateSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateSegmentRequest, dev.upnext.v1.CreateSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("CreateSegment"))
              .build();
        }
      }
    }
    return getCreateSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetSegmentRequest,
      dev.upnext.v1.GetSegmentResponse> getGetSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSegment",
      requestType = dev.upnext.v1.GetSegmentRequest.class,
      responseType = dev.upnext.v1.GetSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetSegmentRequest,
      dev.upnext.v1.GetSegmentResponse> getGetSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetSegmentRequest, dev.upnext.v1.GetSegmentResponse> getGetSegmentMethod;
    if ((getGetSegmentMethod = SegmentServiceGrpc.getGetSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getGetSegmentMethod = SegmentServiceGrpc.getGetSegmentMethod) == null) {
          SegmentServiceGrpc.getGetSegmentMethod = getGetSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetSegmentRequest, dev.upnext.v1.GetSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSegment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("GetSegment"))
              .build();
        }
      }
    }
    return getGetSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentsRequest,
      dev.upnext.v1.ListSegmentsResponse> getListSegmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSegments",
      requestType = dev.upnext.v1.ListSegmentsRequest.class,
      responseType = dev.upnext.v1.ListSegmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentsRequest,
      dev.upnext.v1.ListSegmentsResponse> getListSegmentsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentsRequest, dev.upnext.v1.ListSegmentsResponse> getListSegmentsMethod;
    if ((getListSegmentsMethod = SegmentServiceGrpc.getListSegmentsMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getListSegmentsMethod = SegmentServiceGrpc.getListSegmentsMethod) == null) {
          SegmentServiceGrpc.getListSegmentsMethod = getListSegmentsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSegmentsRequest, dev.upnext.v1.ListSegmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSegments"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSegmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSegmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ListSegments"))
              .build();
        }
      }
    }
    return getListSegmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSegmentRequest,
      dev.upnext.v1.UpdateSegmentResponse> getUpdateSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSegment",
      requestType = dev.upnext.v1.UpdateSegmentRequest.class,
      responseType = dev.upnext.v1.UpdateSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSegmentRequest,
      dev.upnext.v1.UpdateSegmentResponse> getUpdateSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSegmentRequest, dev.upnext.v1.UpdateSegmentResponse> getUpdateSegmentMethod;
    if ((getUpdateSegmentMethod = SegmentServiceGrpc.getUpdateSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getUpdateSegmentMethod = SegmentServiceGrpc.getUpdateSegmentMethod) == null) {
          SegmentServiceGrpc.getUpdateSegmentMethod = getUpdateSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateSegmentRequest, dev.upnext.v1.UpdateSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("UpdateSegment"))
              .build();
        }
      }
    }
    return getUpdateSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CloneSegmentRequest,
      dev.upnext.v1.CloneSegmentResponse> getCloneSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CloneSegment",
      requestType = dev.upnext.v1.CloneSegmentRequest.class,
      responseType = dev.upnext.v1.CloneSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CloneSegmentRequest,
      dev.upnext.v1.CloneSegmentResponse> getCloneSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CloneSegmentRequest, dev.upnext.v1.CloneSegmentResponse> getCloneSegmentMethod;
    if ((getCloneSegmentMethod = SegmentServiceGrpc.getCloneSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getCloneSegmentMethod = SegmentServiceGrpc.getCloneSegmentMethod) == null) {
          SegmentServiceGrpc.getCloneSegmentMethod = getCloneSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CloneSegmentRequest, dev.upnext.v1.CloneSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CloneSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloneSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloneSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("CloneSegment"))
              .build();
        }
      }
    }
    return getCloneSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSegmentRequest,
      dev.upnext.v1.DeleteSegmentResponse> getDeleteSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSegment",
      requestType = dev.upnext.v1.DeleteSegmentRequest.class,
      responseType = dev.upnext.v1.DeleteSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSegmentRequest,
      dev.upnext.v1.DeleteSegmentResponse> getDeleteSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSegmentRequest, dev.upnext.v1.DeleteSegmentResponse> getDeleteSegmentMethod;
    if ((getDeleteSegmentMethod = SegmentServiceGrpc.getDeleteSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getDeleteSegmentMethod = SegmentServiceGrpc.getDeleteSegmentMethod) == null) {
          SegmentServiceGrpc.getDeleteSegmentMethod = getDeleteSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteSegmentRequest, dev.upnext.v1.DeleteSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("DeleteSegment"))
              .build();
        }
      }
    }
    return getDeleteSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSegmentRequest,
      dev.upnext.v1.ActivateSegmentResponse> getActivateSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ActivateSegment",
      requestType = dev.upnext.v1.ActivateSegmentRequest.class,
      responseType = dev.upnext.v1.ActivateSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSegmentRequest,
      dev.upnext.v1.ActivateSegmentResponse> getActivateSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSegmentRequest, dev.upnext.v1.ActivateSegmentResponse> getActivateSegmentMethod;
    if ((getActivateSegmentMethod = SegmentServiceGrpc.getActivateSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getActivateSegmentMethod = SegmentServiceGrpc.getActivateSegmentMethod) == null) {
          SegmentServiceGrpc.getActivateSegmentMethod = getActivateSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ActivateSegmentRequest, dev.upnext.v1.ActivateSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ActivateSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActivateSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActivateSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ActivateSegment"))
              .build();
        }
      }
    }
    return getActivateSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSegmentRequest,
      dev.upnext.v1.DeactivateSegmentResponse> getDeactivateSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeactivateSegment",
      requestType = dev.upnext.v1.DeactivateSegmentRequest.class,
      responseType = dev.upnext.v1.DeactivateSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSegmentRequest,
      dev.upnext.v1.DeactivateSegmentResponse> getDeactivateSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSegmentRequest, dev.upnext.v1.DeactivateSegmentResponse> getDeactivateSegmentMethod;
    if ((getDeactivateSegmentMethod = SegmentServiceGrpc.getDeactivateSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getDeactivateSegmentMethod = SegmentServiceGrpc.getDeactivateSegmentMethod) == null) {
          SegmentServiceGrpc.getDeactivateSegmentMethod = getDeactivateSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeactivateSegmentRequest, dev.upnext.v1.DeactivateSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeactivateSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeactivateSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeactivateSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("DeactivateSegment"))
              .build();
        }
      }
    }
    return getDeactivateSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.MoveSegmentRequest,
      dev.upnext.v1.MoveSegmentResponse> getMoveSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MoveSegment",
      requestType = dev.upnext.v1.MoveSegmentRequest.class,
      responseType = dev.upnext.v1.MoveSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.MoveSegmentRequest,
      dev.upnext.v1.MoveSegmentResponse> getMoveSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.MoveSegmentRequest, dev.upnext.v1.MoveSegmentResponse> getMoveSegmentMethod;
    if ((getMoveSegmentMethod = SegmentServiceGrpc.getMoveSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getMoveSegmentMethod = SegmentServiceGrpc.getMoveSegmentMethod) == null) {
          SegmentServiceGrpc.getMoveSegmentMethod = getMoveSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.MoveSegmentRequest, dev.upnext.v1.MoveSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MoveSegment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MoveSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MoveSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("MoveSegment"))
              .build();
        }
      }
    }
    return getMoveSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RunAssignmentRequest,
      dev.upnext.v1.RunAssignmentResponse> getRunAssignmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunAssignment",
      requestType = dev.upnext.v1.RunAssignmentRequest.class,
      responseType = dev.upnext.v1.RunAssignmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RunAssignmentRequest,
      dev.upnext.v1.RunAssignmentResponse> getRunAssignmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RunAssignmentRequest, dev.upnext.v1.RunAssignmentResponse> getRunAssignmentMethod;
    if ((getRunAssignmentMethod = SegmentServiceGrpc.getRunAssignmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getRunAssignmentMethod = SegmentServiceGrpc.getRunAssignmentMethod) == null) {
          SegmentServiceGrpc.getRunAssignmentMethod = getRunAssignmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RunAssignmentRequest, dev.upnext.v1.RunAssignmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunAssignment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RunAssignmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RunAssignmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("RunAssignment"))
              .build();
        }
      }
    }
    return getRunAssignmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ConnectSequenceRequest,
      dev.upnext.v1.ConnectSequenceResponse> getConnectSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ConnectSequence",
      requestType = dev.upnext.v1.ConnectSequenceRequest.class,
      responseType = dev.upnext.v1.ConnectSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ConnectSequenceRequest,
      dev.upnext.v1.ConnectSequenceResponse> getConnectSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ConnectSequenceRequest, dev.upnext.v1.ConnectSequenceResponse> getConnectSequenceMethod;
    if ((getConnectSequenceMethod = SegmentServiceGrpc.getConnectSequenceMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getConnectSequenceMethod = SegmentServiceGrpc.getConnectSequenceMethod) == null) {
          SegmentServiceGrpc.getConnectSequenceMethod = getConnectSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ConnectSequenceRequest, dev.upnext.v1.ConnectSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ConnectSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ConnectSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ConnectSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ConnectSequence"))
              .build();
        }
      }
    }
    return getConnectSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DisconnectSequenceRequest,
      dev.upnext.v1.DisconnectSequenceResponse> getDisconnectSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisconnectSequence",
      requestType = dev.upnext.v1.DisconnectSequenceRequest.class,
      responseType = dev.upnext.v1.DisconnectSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DisconnectSequenceRequest,
      dev.upnext.v1.DisconnectSequenceResponse> getDisconnectSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DisconnectSequenceRequest, dev.upnext.v1.DisconnectSequenceResponse> getDisconnectSequenceMethod;
    if ((getDisconnectSequenceMethod = SegmentServiceGrpc.getDisconnectSequenceMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getDisconnectSequenceMethod = SegmentServiceGrpc.getDisconnectSequenceMethod) == null) {
          SegmentServiceGrpc.getDisconnectSequenceMethod = getDisconnectSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DisconnectSequenceRequest, dev.upnext.v1.DisconnectSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisconnectSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DisconnectSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DisconnectSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("DisconnectSequence"))
              .build();
        }
      }
    }
    return getDisconnectSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.PreviewSegmentRequest,
      dev.upnext.v1.PreviewSegmentResponse> getPreviewSegmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PreviewSegment",
      requestType = dev.upnext.v1.PreviewSegmentRequest.class,
      responseType = dev.upnext.v1.PreviewSegmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.PreviewSegmentRequest,
      dev.upnext.v1.PreviewSegmentResponse> getPreviewSegmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.PreviewSegmentRequest, dev.upnext.v1.PreviewSegmentResponse> getPreviewSegmentMethod;
    if ((getPreviewSegmentMethod = SegmentServiceGrpc.getPreviewSegmentMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getPreviewSegmentMethod = SegmentServiceGrpc.getPreviewSegmentMethod) == null) {
          SegmentServiceGrpc.getPreviewSegmentMethod = getPreviewSegmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.PreviewSegmentRequest, dev.upnext.v1.PreviewSegmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PreviewSegment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.PreviewSegmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.PreviewSegmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("PreviewSegment"))
              .build();
        }
      }
    }
    return getPreviewSegmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ExplainRecordRequest,
      dev.upnext.v1.ExplainRecordResponse> getExplainRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExplainRecord",
      requestType = dev.upnext.v1.ExplainRecordRequest.class,
      responseType = dev.upnext.v1.ExplainRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ExplainRecordRequest,
      dev.upnext.v1.ExplainRecordResponse> getExplainRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ExplainRecordRequest, dev.upnext.v1.ExplainRecordResponse> getExplainRecordMethod;
    if ((getExplainRecordMethod = SegmentServiceGrpc.getExplainRecordMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getExplainRecordMethod = SegmentServiceGrpc.getExplainRecordMethod) == null) {
          SegmentServiceGrpc.getExplainRecordMethod = getExplainRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ExplainRecordRequest, dev.upnext.v1.ExplainRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExplainRecord"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExplainRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExplainRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ExplainRecord"))
              .build();
        }
      }
    }
    return getExplainRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListRoutingRunsRequest,
      dev.upnext.v1.ListRoutingRunsResponse> getListRoutingRunsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRoutingRuns",
      requestType = dev.upnext.v1.ListRoutingRunsRequest.class,
      responseType = dev.upnext.v1.ListRoutingRunsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListRoutingRunsRequest,
      dev.upnext.v1.ListRoutingRunsResponse> getListRoutingRunsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListRoutingRunsRequest, dev.upnext.v1.ListRoutingRunsResponse> getListRoutingRunsMethod;
    if ((getListRoutingRunsMethod = SegmentServiceGrpc.getListRoutingRunsMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getListRoutingRunsMethod = SegmentServiceGrpc.getListRoutingRunsMethod) == null) {
          SegmentServiceGrpc.getListRoutingRunsMethod = getListRoutingRunsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListRoutingRunsRequest, dev.upnext.v1.ListRoutingRunsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRoutingRuns"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRoutingRunsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRoutingRunsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ListRoutingRuns"))
              .build();
        }
      }
    }
    return getListRoutingRunsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentMembersRequest,
      dev.upnext.v1.ListSegmentMembersResponse> getListSegmentMembersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSegmentMembers",
      requestType = dev.upnext.v1.ListSegmentMembersRequest.class,
      responseType = dev.upnext.v1.ListSegmentMembersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentMembersRequest,
      dev.upnext.v1.ListSegmentMembersResponse> getListSegmentMembersMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSegmentMembersRequest, dev.upnext.v1.ListSegmentMembersResponse> getListSegmentMembersMethod;
    if ((getListSegmentMembersMethod = SegmentServiceGrpc.getListSegmentMembersMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getListSegmentMembersMethod = SegmentServiceGrpc.getListSegmentMembersMethod) == null) {
          SegmentServiceGrpc.getListSegmentMembersMethod = getListSegmentMembersMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSegmentMembersRequest, dev.upnext.v1.ListSegmentMembersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSegmentMembers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSegmentMembersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSegmentMembersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ListSegmentMembers"))
              .build();
        }
      }
    }
    return getListSegmentMembersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateAssignmentRuleRequest,
      dev.upnext.v1.CreateAssignmentRuleResponse> getCreateAssignmentRuleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateAssignmentRule",
      requestType = dev.upnext.v1.CreateAssignmentRuleRequest.class,
      responseType = dev.upnext.v1.CreateAssignmentRuleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateAssignmentRuleRequest,
      dev.upnext.v1.CreateAssignmentRuleResponse> getCreateAssignmentRuleMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateAssignmentRuleRequest, dev.upnext.v1.CreateAssignmentRuleResponse> getCreateAssignmentRuleMethod;
    if ((getCreateAssignmentRuleMethod = SegmentServiceGrpc.getCreateAssignmentRuleMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getCreateAssignmentRuleMethod = SegmentServiceGrpc.getCreateAssignmentRuleMethod) == null) {
          SegmentServiceGrpc.getCreateAssignmentRuleMethod = getCreateAssignmentRuleMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateAssignmentRuleRequest, dev.upnext.v1.CreateAssignmentRuleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateAssignmentRule"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateAssignmentRuleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateAssignmentRuleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("CreateAssignmentRule"))
              .build();
        }
      }
    }
    return getCreateAssignmentRuleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetAssignmentRuleRequest,
      dev.upnext.v1.GetAssignmentRuleResponse> getGetAssignmentRuleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAssignmentRule",
      requestType = dev.upnext.v1.GetAssignmentRuleRequest.class,
      responseType = dev.upnext.v1.GetAssignmentRuleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetAssignmentRuleRequest,
      dev.upnext.v1.GetAssignmentRuleResponse> getGetAssignmentRuleMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetAssignmentRuleRequest, dev.upnext.v1.GetAssignmentRuleResponse> getGetAssignmentRuleMethod;
    if ((getGetAssignmentRuleMethod = SegmentServiceGrpc.getGetAssignmentRuleMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getGetAssignmentRuleMethod = SegmentServiceGrpc.getGetAssignmentRuleMethod) == null) {
          SegmentServiceGrpc.getGetAssignmentRuleMethod = getGetAssignmentRuleMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetAssignmentRuleRequest, dev.upnext.v1.GetAssignmentRuleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAssignmentRule"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetAssignmentRuleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetAssignmentRuleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("GetAssignmentRule"))
              .build();
        }
      }
    }
    return getGetAssignmentRuleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListAssignmentRulesRequest,
      dev.upnext.v1.ListAssignmentRulesResponse> getListAssignmentRulesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAssignmentRules",
      requestType = dev.upnext.v1.ListAssignmentRulesRequest.class,
      responseType = dev.upnext.v1.ListAssignmentRulesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListAssignmentRulesRequest,
      dev.upnext.v1.ListAssignmentRulesResponse> getListAssignmentRulesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListAssignmentRulesRequest, dev.upnext.v1.ListAssignmentRulesResponse> getListAssignmentRulesMethod;
    if ((getListAssignmentRulesMethod = SegmentServiceGrpc.getListAssignmentRulesMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getListAssignmentRulesMethod = SegmentServiceGrpc.getListAssignmentRulesMethod) == null) {
          SegmentServiceGrpc.getListAssignmentRulesMethod = getListAssignmentRulesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListAssignmentRulesRequest, dev.upnext.v1.ListAssignmentRulesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAssignmentRules"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListAssignmentRulesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListAssignmentRulesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("ListAssignmentRules"))
              .build();
        }
      }
    }
    return getListAssignmentRulesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAssignmentRuleRequest,
      dev.upnext.v1.UpdateAssignmentRuleResponse> getUpdateAssignmentRuleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateAssignmentRule",
      requestType = dev.upnext.v1.UpdateAssignmentRuleRequest.class,
      responseType = dev.upnext.v1.UpdateAssignmentRuleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAssignmentRuleRequest,
      dev.upnext.v1.UpdateAssignmentRuleResponse> getUpdateAssignmentRuleMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAssignmentRuleRequest, dev.upnext.v1.UpdateAssignmentRuleResponse> getUpdateAssignmentRuleMethod;
    if ((getUpdateAssignmentRuleMethod = SegmentServiceGrpc.getUpdateAssignmentRuleMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getUpdateAssignmentRuleMethod = SegmentServiceGrpc.getUpdateAssignmentRuleMethod) == null) {
          SegmentServiceGrpc.getUpdateAssignmentRuleMethod = getUpdateAssignmentRuleMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateAssignmentRuleRequest, dev.upnext.v1.UpdateAssignmentRuleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateAssignmentRule"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateAssignmentRuleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateAssignmentRuleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("UpdateAssignmentRule"))
              .build();
        }
      }
    }
    return getUpdateAssignmentRuleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.MoveAssignmentRuleRequest,
      dev.upnext.v1.MoveAssignmentRuleResponse> getMoveAssignmentRuleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MoveAssignmentRule",
      requestType = dev.upnext.v1.MoveAssignmentRuleRequest.class,
      responseType = dev.upnext.v1.MoveAssignmentRuleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.MoveAssignmentRuleRequest,
      dev.upnext.v1.MoveAssignmentRuleResponse> getMoveAssignmentRuleMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.MoveAssignmentRuleRequest, dev.upnext.v1.MoveAssignmentRuleResponse> getMoveAssignmentRuleMethod;
    if ((getMoveAssignmentRuleMethod = SegmentServiceGrpc.getMoveAssignmentRuleMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getMoveAssignmentRuleMethod = SegmentServiceGrpc.getMoveAssignmentRuleMethod) == null) {
          SegmentServiceGrpc.getMoveAssignmentRuleMethod = getMoveAssignmentRuleMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.MoveAssignmentRuleRequest, dev.upnext.v1.MoveAssignmentRuleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MoveAssignmentRule"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MoveAssignmentRuleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MoveAssignmentRuleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("MoveAssignmentRule"))
              .build();
        }
      }
    }
    return getMoveAssignmentRuleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAssignmentRuleRequest,
      dev.upnext.v1.DeleteAssignmentRuleResponse> getDeleteAssignmentRuleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteAssignmentRule",
      requestType = dev.upnext.v1.DeleteAssignmentRuleRequest.class,
      responseType = dev.upnext.v1.DeleteAssignmentRuleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAssignmentRuleRequest,
      dev.upnext.v1.DeleteAssignmentRuleResponse> getDeleteAssignmentRuleMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAssignmentRuleRequest, dev.upnext.v1.DeleteAssignmentRuleResponse> getDeleteAssignmentRuleMethod;
    if ((getDeleteAssignmentRuleMethod = SegmentServiceGrpc.getDeleteAssignmentRuleMethod) == null) {
      synchronized (SegmentServiceGrpc.class) {
        if ((getDeleteAssignmentRuleMethod = SegmentServiceGrpc.getDeleteAssignmentRuleMethod) == null) {
          SegmentServiceGrpc.getDeleteAssignmentRuleMethod = getDeleteAssignmentRuleMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteAssignmentRuleRequest, dev.upnext.v1.DeleteAssignmentRuleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteAssignmentRule"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteAssignmentRuleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteAssignmentRuleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SegmentServiceMethodDescriptorSupplier("DeleteAssignmentRule"))
              .build();
        }
      }
    }
    return getDeleteAssignmentRuleMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SegmentServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SegmentServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SegmentServiceStub>() {
        @java.lang.Override
        public SegmentServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SegmentServiceStub(channel, callOptions);
        }
      };
    return SegmentServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SegmentServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SegmentServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SegmentServiceBlockingV2Stub>() {
        @java.lang.Override
        public SegmentServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SegmentServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SegmentServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SegmentServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SegmentServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SegmentServiceBlockingStub>() {
        @java.lang.Override
        public SegmentServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SegmentServiceBlockingStub(channel, callOptions);
        }
      };
    return SegmentServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SegmentServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SegmentServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SegmentServiceFutureStub>() {
        @java.lang.Override
        public SegmentServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SegmentServiceFutureStub(channel, callOptions);
        }
      };
    return SegmentServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a segment in state DRAFT.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type),
     * CONDITION_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createSegment(dev.upnext.v1.CreateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one segment.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getSegment(dev.upnext.v1.GetSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists segments by record type, then priority.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSegments(dev.upnext.v1.ListSegmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSegmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a segment. A new condition applies to new and changed records; members leave at
     * their next change or a backfill. If it compares timestamps with `now`, an operation of
     * kind PLAN_FLIPS plans when the records that are already there are evaluated again.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (record type,
     * priority), CONDITION_INVALID, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateSegment(dev.upnext.v1.UpdateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Copies a segment and its assignment rules to a new segment in state DRAFT, last in
     * priority. Its members, its connection to a sequence and the turns of its sellers are not
     * copied. Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_EXISTS, LIMIT_EXCEEDED (enabled rules, since the
     * limit was lowered), FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    default void cloneSegment(dev.upnext.v1.CloneSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCloneSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a segment and its rules permanently. The segments after it move up. Enrollments
     * that it started continue.
     * Precondition: The segment is not active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_ACTIVE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteSegment(dev.upnext.v1.DeleteSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Activates the segment: it takes new and changed records, and with `backfill` all
     * records. If its condition compares timestamps with `now`, it takes records when their
     * time comes.
     * Precondition: Fewer segments are active than the limit.
     * Repetition: Activating an active segment changes nothing, but `backfill` starts again:
     * it does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, LIMIT_EXCEEDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void activateSegment(dev.upnext.v1.ActivateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActivateSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. Members leave at their next evaluation.
     * Repetition: Deactivating an inactive segment changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deactivateSegment(dev.upnext.v1.DeactivateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeactivateSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Moves a segment to another priority. Those between its old and its new place move by
     * one, so that priorities have no gaps. Applies to records that are evaluated from now on.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * segment to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void moveSegment(dev.upnext.v1.MoveSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MoveSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMoveSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Runs the rules of a segment for its members without an owner, oldest first, by an
     * operation of kind ASSIGN_MEMBERS. This happens by itself whenever it can help, as
     * docs/assignment.md explains.
     * Repetition: The same `request_id` gets the first answer again; without one, they are run
     * again, which does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void runAssignment(dev.upnext.v1.RunAssignmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RunAssignmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunAssignmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Connects the segment to a sequence: records that enter it from now on are enrolled. With
     * `backfill`, so are its current members. A segment in any state may be connected; it acts
     * while ACTIVE. Unless the sequence's `reenrollment.by_segment` says otherwise, a segment
     * enrolls a record in a sequence only once: a record that left and comes back is not
     * enrolled again, even if its enrollment ended by `on_leave` EXIT_ENROLLMENT.
     * PreviewSegment counts such records (`enrolled_before_count`). EnrollRecord enrolls one
     * again.
     * Precondition: The sequence is active and of the same record type; the segment isn't
     * connected to another one, unless `replace` is set.
     * Repetition: Connecting the same sequence again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (sequence),
     * SEQUENCE_NOT_ACTIVE, RECORD_TYPE_MISMATCH, SEGMENT_ALREADY_CONNECTED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void connectSequence(dev.upnext.v1.ConnectSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ConnectSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConnectSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Disconnects the segment. Open enrollments continue.
     * Precondition: The segment is connected.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * SEGMENT_NOT_CONNECTED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_NOT_CONNECTED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void disconnectSequence(dev.upnext.v1.DisconnectSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DisconnectSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisconnectSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the active records that match a condition now, before it is saved, and what an
     * active segment with it would do with them. Of an existing segment, with `segment`, it
     * says who would enter and who would leave if it had this condition. Changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (record type, sequence),
     * CONDITION_INVALID.
     * </pre>
     */
    default void previewSegment(dev.upnext.v1.PreviewSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.PreviewSegmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPreviewSegmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Explains what routing would do with a record now, and why: which segment it would be in,
     * who would own it, and whether it would be enrolled. Changes nothing, and takes no
     * seller's turn. Routing decides by the same code, so it does the same, unless something
     * changes first: another record may take the seller's turn. A salesperson may ask for
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void explainRecord(dev.upnext.v1.ExplainRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the decisions of routing, the newest first: each that changed something or was
     * refused, with what became of the record's membership, its owner and its enrollment, and
     * why. Decisions about records that were deleted since are left out. ListRecordHistory has
     * those of one record.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listRoutingRuns(dev.upnext.v1.ListRoutingRunsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRoutingRunsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRoutingRunsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the records that are in a segment, in the order of their creation.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSegmentMembers(dev.upnext.v1.ListSegmentMembersRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentMembersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSegmentMembersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates a rule in a segment. It applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Precondition: The segment has fewer enabled rules than the limit.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), RESOURCE_EXISTS, FIELD_TOO_LONG,
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void createAssignmentRule(dev.upnext.v1.CreateAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateAssignmentRuleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one rule.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getAssignmentRule(dev.upnext.v1.GetAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAssignmentRuleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the rules of a segment by priority.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listAssignmentRules(dev.upnext.v1.ListAssignmentRulesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListAssignmentRulesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAssignmentRulesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a rule. The change applies to records that enter the segment from now on, and to
     * members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for them,
     * oldest first.
     * Precondition: If the update enables the rule, the segment has fewer enabled rules than
     * the limit.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (priority),
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateAssignmentRule(dev.upnext.v1.UpdateAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateAssignmentRuleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Moves a rule to another priority. Those between its old and its new place move by one,
     * so that priorities have no gaps. Applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * rule to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void moveAssignmentRule(dev.upnext.v1.MoveAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MoveAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMoveAssignmentRuleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a rule permanently. Records keep the owners that it gave them. The other rules
     * are run for members without an owner, by an operation of kind ASSIGN_MEMBERS.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteAssignmentRule(dev.upnext.v1.DeleteAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteAssignmentRuleMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SegmentService.
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class SegmentServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SegmentServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SegmentService.
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SegmentServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SegmentServiceStub> {
    private SegmentServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SegmentServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SegmentServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a segment in state DRAFT.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type),
     * CONDITION_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createSegment(dev.upnext.v1.CreateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one segment.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getSegment(dev.upnext.v1.GetSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists segments by record type, then priority.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSegments(dev.upnext.v1.ListSegmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSegmentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a segment. A new condition applies to new and changed records; members leave at
     * their next change or a backfill. If it compares timestamps with `now`, an operation of
     * kind PLAN_FLIPS plans when the records that are already there are evaluated again.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (record type,
     * priority), CONDITION_INVALID, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateSegment(dev.upnext.v1.UpdateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Copies a segment and its assignment rules to a new segment in state DRAFT, last in
     * priority. Its members, its connection to a sequence and the turns of its sellers are not
     * copied. Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_EXISTS, LIMIT_EXCEEDED (enabled rules, since the
     * limit was lowered), FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public void cloneSegment(dev.upnext.v1.CloneSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCloneSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a segment and its rules permanently. The segments after it move up. Enrollments
     * that it started continue.
     * Precondition: The segment is not active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_ACTIVE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteSegment(dev.upnext.v1.DeleteSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Activates the segment: it takes new and changed records, and with `backfill` all
     * records. If its condition compares timestamps with `now`, it takes records when their
     * time comes.
     * Precondition: Fewer segments are active than the limit.
     * Repetition: Activating an active segment changes nothing, but `backfill` starts again:
     * it does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, LIMIT_EXCEEDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void activateSegment(dev.upnext.v1.ActivateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActivateSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. Members leave at their next evaluation.
     * Repetition: Deactivating an inactive segment changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deactivateSegment(dev.upnext.v1.DeactivateSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeactivateSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Moves a segment to another priority. Those between its old and its new place move by
     * one, so that priorities have no gaps. Applies to records that are evaluated from now on.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * segment to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void moveSegment(dev.upnext.v1.MoveSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MoveSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMoveSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Runs the rules of a segment for its members without an owner, oldest first, by an
     * operation of kind ASSIGN_MEMBERS. This happens by itself whenever it can help, as
     * docs/assignment.md explains.
     * Repetition: The same `request_id` gets the first answer again; without one, they are run
     * again, which does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void runAssignment(dev.upnext.v1.RunAssignmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RunAssignmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRunAssignmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Connects the segment to a sequence: records that enter it from now on are enrolled. With
     * `backfill`, so are its current members. A segment in any state may be connected; it acts
     * while ACTIVE. Unless the sequence's `reenrollment.by_segment` says otherwise, a segment
     * enrolls a record in a sequence only once: a record that left and comes back is not
     * enrolled again, even if its enrollment ended by `on_leave` EXIT_ENROLLMENT.
     * PreviewSegment counts such records (`enrolled_before_count`). EnrollRecord enrolls one
     * again.
     * Precondition: The sequence is active and of the same record type; the segment isn't
     * connected to another one, unless `replace` is set.
     * Repetition: Connecting the same sequence again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (sequence),
     * SEQUENCE_NOT_ACTIVE, RECORD_TYPE_MISMATCH, SEGMENT_ALREADY_CONNECTED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void connectSequence(dev.upnext.v1.ConnectSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ConnectSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getConnectSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Disconnects the segment. Open enrollments continue.
     * Precondition: The segment is connected.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * SEGMENT_NOT_CONNECTED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_NOT_CONNECTED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void disconnectSequence(dev.upnext.v1.DisconnectSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DisconnectSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisconnectSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the active records that match a condition now, before it is saved, and what an
     * active segment with it would do with them. Of an existing segment, with `segment`, it
     * says who would enter and who would leave if it had this condition. Changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (record type, sequence),
     * CONDITION_INVALID.
     * </pre>
     */
    public void previewSegment(dev.upnext.v1.PreviewSegmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.PreviewSegmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPreviewSegmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Explains what routing would do with a record now, and why: which segment it would be in,
     * who would own it, and whether it would be enrolled. Changes nothing, and takes no
     * seller's turn. Routing decides by the same code, so it does the same, unless something
     * changes first: another record may take the seller's turn. A salesperson may ask for
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void explainRecord(dev.upnext.v1.ExplainRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the decisions of routing, the newest first: each that changed something or was
     * refused, with what became of the record's membership, its owner and its enrollment, and
     * why. Decisions about records that were deleted since are left out. ListRecordHistory has
     * those of one record.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listRoutingRuns(dev.upnext.v1.ListRoutingRunsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRoutingRunsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRoutingRunsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the records that are in a segment, in the order of their creation.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSegmentMembers(dev.upnext.v1.ListSegmentMembersRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentMembersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSegmentMembersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates a rule in a segment. It applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Precondition: The segment has fewer enabled rules than the limit.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), RESOURCE_EXISTS, FIELD_TOO_LONG,
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void createAssignmentRule(dev.upnext.v1.CreateAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateAssignmentRuleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one rule.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getAssignmentRule(dev.upnext.v1.GetAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAssignmentRuleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the rules of a segment by priority.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listAssignmentRules(dev.upnext.v1.ListAssignmentRulesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListAssignmentRulesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAssignmentRulesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a rule. The change applies to records that enter the segment from now on, and to
     * members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for them,
     * oldest first.
     * Precondition: If the update enables the rule, the segment has fewer enabled rules than
     * the limit.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (priority),
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateAssignmentRule(dev.upnext.v1.UpdateAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateAssignmentRuleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Moves a rule to another priority. Those between its old and its new place move by one,
     * so that priorities have no gaps. Applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * rule to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void moveAssignmentRule(dev.upnext.v1.MoveAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MoveAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMoveAssignmentRuleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a rule permanently. Records keep the owners that it gave them. The other rules
     * are run for members without an owner, by an operation of kind ASSIGN_MEMBERS.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteAssignmentRule(dev.upnext.v1.DeleteAssignmentRuleRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAssignmentRuleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteAssignmentRuleMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SegmentService.
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SegmentServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SegmentServiceBlockingV2Stub> {
    private SegmentServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SegmentServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SegmentServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a segment in state DRAFT.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type),
     * CONDITION_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSegmentResponse createSegment(dev.upnext.v1.CreateSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one segment.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSegmentResponse getSegment(dev.upnext.v1.GetSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists segments by record type, then priority.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSegmentsResponse listSegments(dev.upnext.v1.ListSegmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSegmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a segment. A new condition applies to new and changed records; members leave at
     * their next change or a backfill. If it compares timestamps with `now`, an operation of
     * kind PLAN_FLIPS plans when the records that are already there are evaluated again.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (record type,
     * priority), CONDITION_INVALID, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSegmentResponse updateSegment(dev.upnext.v1.UpdateSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Copies a segment and its assignment rules to a new segment in state DRAFT, last in
     * priority. Its members, its connection to a sequence and the turns of its sellers are not
     * copied. Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_EXISTS, LIMIT_EXCEEDED (enabled rules, since the
     * limit was lowered), FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloneSegmentResponse cloneSegment(dev.upnext.v1.CloneSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCloneSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a segment and its rules permanently. The segments after it move up. Enrollments
     * that it started continue.
     * Precondition: The segment is not active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_ACTIVE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSegmentResponse deleteSegment(dev.upnext.v1.DeleteSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Activates the segment: it takes new and changed records, and with `backfill` all
     * records. If its condition compares timestamps with `now`, it takes records when their
     * time comes.
     * Precondition: Fewer segments are active than the limit.
     * Repetition: Activating an active segment changes nothing, but `backfill` starts again:
     * it does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, LIMIT_EXCEEDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ActivateSegmentResponse activateSegment(dev.upnext.v1.ActivateSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActivateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. Members leave at their next evaluation.
     * Repetition: Deactivating an inactive segment changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSegmentResponse deactivateSegment(dev.upnext.v1.DeactivateSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeactivateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a segment to another priority. Those between its old and its new place move by
     * one, so that priorities have no gaps. Applies to records that are evaluated from now on.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * segment to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MoveSegmentResponse moveSegment(dev.upnext.v1.MoveSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMoveSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs the rules of a segment for its members without an owner, oldest first, by an
     * operation of kind ASSIGN_MEMBERS. This happens by itself whenever it can help, as
     * docs/assignment.md explains.
     * Repetition: The same `request_id` gets the first answer again; without one, they are run
     * again, which does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RunAssignmentResponse runAssignment(dev.upnext.v1.RunAssignmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRunAssignmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Connects the segment to a sequence: records that enter it from now on are enrolled. With
     * `backfill`, so are its current members. A segment in any state may be connected; it acts
     * while ACTIVE. Unless the sequence's `reenrollment.by_segment` says otherwise, a segment
     * enrolls a record in a sequence only once: a record that left and comes back is not
     * enrolled again, even if its enrollment ended by `on_leave` EXIT_ENROLLMENT.
     * PreviewSegment counts such records (`enrolled_before_count`). EnrollRecord enrolls one
     * again.
     * Precondition: The sequence is active and of the same record type; the segment isn't
     * connected to another one, unless `replace` is set.
     * Repetition: Connecting the same sequence again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (sequence),
     * SEQUENCE_NOT_ACTIVE, RECORD_TYPE_MISMATCH, SEGMENT_ALREADY_CONNECTED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ConnectSequenceResponse connectSequence(dev.upnext.v1.ConnectSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getConnectSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Disconnects the segment. Open enrollments continue.
     * Precondition: The segment is connected.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * SEGMENT_NOT_CONNECTED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_NOT_CONNECTED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DisconnectSequenceResponse disconnectSequence(dev.upnext.v1.DisconnectSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisconnectSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the active records that match a condition now, before it is saved, and what an
     * active segment with it would do with them. Of an existing segment, with `segment`, it
     * says who would enter and who would leave if it had this condition. Changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (record type, sequence),
     * CONDITION_INVALID.
     * </pre>
     */
    public dev.upnext.v1.PreviewSegmentResponse previewSegment(dev.upnext.v1.PreviewSegmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPreviewSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Explains what routing would do with a record now, and why: which segment it would be in,
     * who would own it, and whether it would be enrolled. Changes nothing, and takes no
     * seller's turn. Routing decides by the same code, so it does the same, unless something
     * changes first: another record may take the seller's turn. A salesperson may ask for
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ExplainRecordResponse explainRecord(dev.upnext.v1.ExplainRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the decisions of routing, the newest first: each that changed something or was
     * refused, with what became of the record's membership, its owner and its enrollment, and
     * why. Decisions about records that were deleted since are left out. ListRecordHistory has
     * those of one record.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRoutingRunsResponse listRoutingRuns(dev.upnext.v1.ListRoutingRunsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRoutingRunsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the records that are in a segment, in the order of their creation.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSegmentMembersResponse listSegmentMembers(dev.upnext.v1.ListSegmentMembersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSegmentMembersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a rule in a segment. It applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Precondition: The segment has fewer enabled rules than the limit.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), RESOURCE_EXISTS, FIELD_TOO_LONG,
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateAssignmentRuleResponse createAssignmentRule(dev.upnext.v1.CreateAssignmentRuleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one rule.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetAssignmentRuleResponse getAssignmentRule(dev.upnext.v1.GetAssignmentRuleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the rules of a segment by priority.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListAssignmentRulesResponse listAssignmentRules(dev.upnext.v1.ListAssignmentRulesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAssignmentRulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a rule. The change applies to records that enter the segment from now on, and to
     * members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for them,
     * oldest first.
     * Precondition: If the update enables the rule, the segment has fewer enabled rules than
     * the limit.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (priority),
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateAssignmentRuleResponse updateAssignmentRule(dev.upnext.v1.UpdateAssignmentRuleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a rule to another priority. Those between its old and its new place move by one,
     * so that priorities have no gaps. Applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * rule to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MoveAssignmentRuleResponse moveAssignmentRule(dev.upnext.v1.MoveAssignmentRuleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMoveAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a rule permanently. Records keep the owners that it gave them. The other rules
     * are run for members without an owner, by an operation of kind ASSIGN_MEMBERS.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteAssignmentRuleResponse deleteAssignmentRule(dev.upnext.v1.DeleteAssignmentRuleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteAssignmentRuleMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SegmentService.
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SegmentServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SegmentServiceBlockingStub> {
    private SegmentServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SegmentServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SegmentServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a segment in state DRAFT.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type),
     * CONDITION_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSegmentResponse createSegment(dev.upnext.v1.CreateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one segment.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSegmentResponse getSegment(dev.upnext.v1.GetSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists segments by record type, then priority.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSegmentsResponse listSegments(dev.upnext.v1.ListSegmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSegmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a segment. A new condition applies to new and changed records; members leave at
     * their next change or a backfill. If it compares timestamps with `now`, an operation of
     * kind PLAN_FLIPS plans when the records that are already there are evaluated again.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (record type,
     * priority), CONDITION_INVALID, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSegmentResponse updateSegment(dev.upnext.v1.UpdateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Copies a segment and its assignment rules to a new segment in state DRAFT, last in
     * priority. Its members, its connection to a sequence and the turns of its sellers are not
     * copied. Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_EXISTS, LIMIT_EXCEEDED (enabled rules, since the
     * limit was lowered), FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloneSegmentResponse cloneSegment(dev.upnext.v1.CloneSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCloneSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a segment and its rules permanently. The segments after it move up. Enrollments
     * that it started continue.
     * Precondition: The segment is not active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_ACTIVE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSegmentResponse deleteSegment(dev.upnext.v1.DeleteSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Activates the segment: it takes new and changed records, and with `backfill` all
     * records. If its condition compares timestamps with `now`, it takes records when their
     * time comes.
     * Precondition: Fewer segments are active than the limit.
     * Repetition: Activating an active segment changes nothing, but `backfill` starts again:
     * it does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, LIMIT_EXCEEDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ActivateSegmentResponse activateSegment(dev.upnext.v1.ActivateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActivateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. Members leave at their next evaluation.
     * Repetition: Deactivating an inactive segment changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSegmentResponse deactivateSegment(dev.upnext.v1.DeactivateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeactivateSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a segment to another priority. Those between its old and its new place move by
     * one, so that priorities have no gaps. Applies to records that are evaluated from now on.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * segment to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MoveSegmentResponse moveSegment(dev.upnext.v1.MoveSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMoveSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs the rules of a segment for its members without an owner, oldest first, by an
     * operation of kind ASSIGN_MEMBERS. This happens by itself whenever it can help, as
     * docs/assignment.md explains.
     * Repetition: The same `request_id` gets the first answer again; without one, they are run
     * again, which does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RunAssignmentResponse runAssignment(dev.upnext.v1.RunAssignmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRunAssignmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Connects the segment to a sequence: records that enter it from now on are enrolled. With
     * `backfill`, so are its current members. A segment in any state may be connected; it acts
     * while ACTIVE. Unless the sequence's `reenrollment.by_segment` says otherwise, a segment
     * enrolls a record in a sequence only once: a record that left and comes back is not
     * enrolled again, even if its enrollment ended by `on_leave` EXIT_ENROLLMENT.
     * PreviewSegment counts such records (`enrolled_before_count`). EnrollRecord enrolls one
     * again.
     * Precondition: The sequence is active and of the same record type; the segment isn't
     * connected to another one, unless `replace` is set.
     * Repetition: Connecting the same sequence again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (sequence),
     * SEQUENCE_NOT_ACTIVE, RECORD_TYPE_MISMATCH, SEGMENT_ALREADY_CONNECTED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ConnectSequenceResponse connectSequence(dev.upnext.v1.ConnectSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getConnectSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Disconnects the segment. Open enrollments continue.
     * Precondition: The segment is connected.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * SEGMENT_NOT_CONNECTED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_NOT_CONNECTED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DisconnectSequenceResponse disconnectSequence(dev.upnext.v1.DisconnectSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisconnectSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the active records that match a condition now, before it is saved, and what an
     * active segment with it would do with them. Of an existing segment, with `segment`, it
     * says who would enter and who would leave if it had this condition. Changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (record type, sequence),
     * CONDITION_INVALID.
     * </pre>
     */
    public dev.upnext.v1.PreviewSegmentResponse previewSegment(dev.upnext.v1.PreviewSegmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPreviewSegmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Explains what routing would do with a record now, and why: which segment it would be in,
     * who would own it, and whether it would be enrolled. Changes nothing, and takes no
     * seller's turn. Routing decides by the same code, so it does the same, unless something
     * changes first: another record may take the seller's turn. A salesperson may ask for
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ExplainRecordResponse explainRecord(dev.upnext.v1.ExplainRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the decisions of routing, the newest first: each that changed something or was
     * refused, with what became of the record's membership, its owner and its enrollment, and
     * why. Decisions about records that were deleted since are left out. ListRecordHistory has
     * those of one record.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRoutingRunsResponse listRoutingRuns(dev.upnext.v1.ListRoutingRunsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRoutingRunsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the records that are in a segment, in the order of their creation.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSegmentMembersResponse listSegmentMembers(dev.upnext.v1.ListSegmentMembersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSegmentMembersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a rule in a segment. It applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Precondition: The segment has fewer enabled rules than the limit.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), RESOURCE_EXISTS, FIELD_TOO_LONG,
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateAssignmentRuleResponse createAssignmentRule(dev.upnext.v1.CreateAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one rule.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetAssignmentRuleResponse getAssignmentRule(dev.upnext.v1.GetAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the rules of a segment by priority.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListAssignmentRulesResponse listAssignmentRules(dev.upnext.v1.ListAssignmentRulesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAssignmentRulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a rule. The change applies to records that enter the segment from now on, and to
     * members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for them,
     * oldest first.
     * Precondition: If the update enables the rule, the segment has fewer enabled rules than
     * the limit.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (priority),
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateAssignmentRuleResponse updateAssignmentRule(dev.upnext.v1.UpdateAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a rule to another priority. Those between its old and its new place move by one,
     * so that priorities have no gaps. Applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * rule to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MoveAssignmentRuleResponse moveAssignmentRule(dev.upnext.v1.MoveAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMoveAssignmentRuleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a rule permanently. Records keep the owners that it gave them. The other rules
     * are run for members without an owner, by an operation of kind ASSIGN_MEMBERS.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteAssignmentRuleResponse deleteAssignmentRule(dev.upnext.v1.DeleteAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteAssignmentRuleMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SegmentService.
   * <pre>
   * Segments take matching records, give them owners and feed sequences. A change of a record is
   * evaluated right after its commit; nothing is polled. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SegmentServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SegmentServiceFutureStub> {
    private SegmentServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SegmentServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SegmentServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a segment in state DRAFT.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type),
     * CONDITION_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateSegmentResponse> createSegment(
        dev.upnext.v1.CreateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one segment.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetSegmentResponse> getSegment(
        dev.upnext.v1.GetSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists segments by record type, then priority.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSegmentsResponse> listSegments(
        dev.upnext.v1.ListSegmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSegmentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a segment. A new condition applies to new and changed records; members leave at
     * their next change or a backfill. If it compares timestamps with `now`, an operation of
     * kind PLAN_FLIPS plans when the records that are already there are evaluated again.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (record type,
     * priority), CONDITION_INVALID, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateSegmentResponse> updateSegment(
        dev.upnext.v1.UpdateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Copies a segment and its assignment rules to a new segment in state DRAFT, last in
     * priority. Its members, its connection to a sequence and the turns of its sellers are not
     * copied. Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_EXISTS, LIMIT_EXCEEDED (enabled rules, since the
     * limit was lowered), FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CloneSegmentResponse> cloneSegment(
        dev.upnext.v1.CloneSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCloneSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a segment and its rules permanently. The segments after it move up. Enrollments
     * that it started continue.
     * Precondition: The segment is not active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_ACTIVE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteSegmentResponse> deleteSegment(
        dev.upnext.v1.DeleteSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Activates the segment: it takes new and changed records, and with `backfill` all
     * records. If its condition compares timestamps with `now`, it takes records when their
     * time comes.
     * Precondition: Fewer segments are active than the limit.
     * Repetition: Activating an active segment changes nothing, but `backfill` starts again:
     * it does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, LIMIT_EXCEEDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ActivateSegmentResponse> activateSegment(
        dev.upnext.v1.ActivateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActivateSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops taking records. Members leave at their next evaluation.
     * Repetition: Deactivating an inactive segment changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeactivateSegmentResponse> deactivateSegment(
        dev.upnext.v1.DeactivateSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeactivateSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Moves a segment to another priority. Those between its old and its new place move by
     * one, so that priorities have no gaps. Applies to records that are evaluated from now on.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * segment to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.MoveSegmentResponse> moveSegment(
        dev.upnext.v1.MoveSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMoveSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Runs the rules of a segment for its members without an owner, oldest first, by an
     * operation of kind ASSIGN_MEMBERS. This happens by itself whenever it can help, as
     * docs/assignment.md explains.
     * Repetition: The same `request_id` gets the first answer again; without one, they are run
     * again, which does no harm.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RunAssignmentResponse> runAssignment(
        dev.upnext.v1.RunAssignmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRunAssignmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Connects the segment to a sequence: records that enter it from now on are enrolled. With
     * `backfill`, so are its current members. A segment in any state may be connected; it acts
     * while ACTIVE. Unless the sequence's `reenrollment.by_segment` says otherwise, a segment
     * enrolls a record in a sequence only once: a record that left and comes back is not
     * enrolled again, even if its enrollment ended by `on_leave` EXIT_ENROLLMENT.
     * PreviewSegment counts such records (`enrolled_before_count`). EnrollRecord enrolls one
     * again.
     * Precondition: The sequence is active and of the same record type; the segment isn't
     * connected to another one, unless `replace` is set.
     * Repetition: Connecting the same sequence again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (sequence),
     * SEQUENCE_NOT_ACTIVE, RECORD_TYPE_MISMATCH, SEGMENT_ALREADY_CONNECTED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ConnectSequenceResponse> connectSequence(
        dev.upnext.v1.ConnectSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getConnectSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Disconnects the segment. Open enrollments continue.
     * Precondition: The segment is connected.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * SEGMENT_NOT_CONNECTED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, SEGMENT_NOT_CONNECTED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DisconnectSequenceResponse> disconnectSequence(
        dev.upnext.v1.DisconnectSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisconnectSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the active records that match a condition now, before it is saved, and what an
     * active segment with it would do with them. Of an existing segment, with `segment`, it
     * says who would enter and who would leave if it had this condition. Changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), REFERENCE_NOT_FOUND (record type, sequence),
     * CONDITION_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.PreviewSegmentResponse> previewSegment(
        dev.upnext.v1.PreviewSegmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPreviewSegmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Explains what routing would do with a record now, and why: which segment it would be in,
     * who would own it, and whether it would be enrolled. Changes nothing, and takes no
     * seller's turn. Routing decides by the same code, so it does the same, unless something
     * changes first: another record may take the seller's turn. A salesperson may ask for
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ExplainRecordResponse> explainRecord(
        dev.upnext.v1.ExplainRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the decisions of routing, the newest first: each that changed something or was
     * refused, with what became of the record's membership, its owner and its enrollment, and
     * why. Decisions about records that were deleted since are left out. ListRecordHistory has
     * those of one record.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListRoutingRunsResponse> listRoutingRuns(
        dev.upnext.v1.ListRoutingRunsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRoutingRunsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the records that are in a segment, in the order of their creation.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSegmentMembersResponse> listSegmentMembers(
        dev.upnext.v1.ListSegmentMembersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSegmentMembersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates a rule in a segment. It applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Precondition: The segment has fewer enabled rules than the limit.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (segment), RESOURCE_EXISTS, FIELD_TOO_LONG,
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateAssignmentRuleResponse> createAssignmentRule(
        dev.upnext.v1.CreateAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateAssignmentRuleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one rule.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetAssignmentRuleResponse> getAssignmentRule(
        dev.upnext.v1.GetAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAssignmentRuleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the rules of a segment by priority.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListAssignmentRulesResponse> listAssignmentRules(
        dev.upnext.v1.ListAssignmentRulesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAssignmentRulesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a rule. The change applies to records that enter the segment from now on, and to
     * members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for them,
     * oldest first.
     * Precondition: If the update enables the rule, the segment has fewer enabled rules than
     * the limit.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE (priority),
     * REFERENCE_NOT_FOUND (seller, team), CONDITION_INVALID, LIMIT_EXCEEDED,
     * UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateAssignmentRuleResponse> updateAssignmentRule(
        dev.upnext.v1.UpdateAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateAssignmentRuleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Moves a rule to another priority. Those between its old and its new place move by one,
     * so that priorities have no gaps. Applies to records that enter the segment from now on,
     * and to members without an owner: an operation of kind ASSIGN_MEMBERS runs the rules for
     * them, oldest first.
     * Repetition: The same `request_id` gets the first answer again; without one, moving a
     * rule to where it is changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.MoveAssignmentRuleResponse> moveAssignmentRule(
        dev.upnext.v1.MoveAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMoveAssignmentRuleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a rule permanently. Records keep the owners that it gave them. The other rules
     * are run for members without an owner, by an operation of kind ASSIGN_MEMBERS.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteAssignmentRuleResponse> deleteAssignmentRule(
        dev.upnext.v1.DeleteAssignmentRuleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteAssignmentRuleMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SEGMENT = 0;
  private static final int METHODID_GET_SEGMENT = 1;
  private static final int METHODID_LIST_SEGMENTS = 2;
  private static final int METHODID_UPDATE_SEGMENT = 3;
  private static final int METHODID_CLONE_SEGMENT = 4;
  private static final int METHODID_DELETE_SEGMENT = 5;
  private static final int METHODID_ACTIVATE_SEGMENT = 6;
  private static final int METHODID_DEACTIVATE_SEGMENT = 7;
  private static final int METHODID_MOVE_SEGMENT = 8;
  private static final int METHODID_RUN_ASSIGNMENT = 9;
  private static final int METHODID_CONNECT_SEQUENCE = 10;
  private static final int METHODID_DISCONNECT_SEQUENCE = 11;
  private static final int METHODID_PREVIEW_SEGMENT = 12;
  private static final int METHODID_EXPLAIN_RECORD = 13;
  private static final int METHODID_LIST_ROUTING_RUNS = 14;
  private static final int METHODID_LIST_SEGMENT_MEMBERS = 15;
  private static final int METHODID_CREATE_ASSIGNMENT_RULE = 16;
  private static final int METHODID_GET_ASSIGNMENT_RULE = 17;
  private static final int METHODID_LIST_ASSIGNMENT_RULES = 18;
  private static final int METHODID_UPDATE_ASSIGNMENT_RULE = 19;
  private static final int METHODID_MOVE_ASSIGNMENT_RULE = 20;
  private static final int METHODID_DELETE_ASSIGNMENT_RULE = 21;

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
        case METHODID_CREATE_SEGMENT:
          serviceImpl.createSegment((dev.upnext.v1.CreateSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSegmentResponse>) responseObserver);
          break;
        case METHODID_GET_SEGMENT:
          serviceImpl.getSegment((dev.upnext.v1.GetSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetSegmentResponse>) responseObserver);
          break;
        case METHODID_LIST_SEGMENTS:
          serviceImpl.listSegments((dev.upnext.v1.ListSegmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SEGMENT:
          serviceImpl.updateSegment((dev.upnext.v1.UpdateSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSegmentResponse>) responseObserver);
          break;
        case METHODID_CLONE_SEGMENT:
          serviceImpl.cloneSegment((dev.upnext.v1.CloneSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSegmentResponse>) responseObserver);
          break;
        case METHODID_DELETE_SEGMENT:
          serviceImpl.deleteSegment((dev.upnext.v1.DeleteSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSegmentResponse>) responseObserver);
          break;
        case METHODID_ACTIVATE_SEGMENT:
          serviceImpl.activateSegment((dev.upnext.v1.ActivateSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSegmentResponse>) responseObserver);
          break;
        case METHODID_DEACTIVATE_SEGMENT:
          serviceImpl.deactivateSegment((dev.upnext.v1.DeactivateSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSegmentResponse>) responseObserver);
          break;
        case METHODID_MOVE_SEGMENT:
          serviceImpl.moveSegment((dev.upnext.v1.MoveSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.MoveSegmentResponse>) responseObserver);
          break;
        case METHODID_RUN_ASSIGNMENT:
          serviceImpl.runAssignment((dev.upnext.v1.RunAssignmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RunAssignmentResponse>) responseObserver);
          break;
        case METHODID_CONNECT_SEQUENCE:
          serviceImpl.connectSequence((dev.upnext.v1.ConnectSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ConnectSequenceResponse>) responseObserver);
          break;
        case METHODID_DISCONNECT_SEQUENCE:
          serviceImpl.disconnectSequence((dev.upnext.v1.DisconnectSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DisconnectSequenceResponse>) responseObserver);
          break;
        case METHODID_PREVIEW_SEGMENT:
          serviceImpl.previewSegment((dev.upnext.v1.PreviewSegmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.PreviewSegmentResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN_RECORD:
          serviceImpl.explainRecord((dev.upnext.v1.ExplainRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainRecordResponse>) responseObserver);
          break;
        case METHODID_LIST_ROUTING_RUNS:
          serviceImpl.listRoutingRuns((dev.upnext.v1.ListRoutingRunsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListRoutingRunsResponse>) responseObserver);
          break;
        case METHODID_LIST_SEGMENT_MEMBERS:
          serviceImpl.listSegmentMembers((dev.upnext.v1.ListSegmentMembersRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSegmentMembersResponse>) responseObserver);
          break;
        case METHODID_CREATE_ASSIGNMENT_RULE:
          serviceImpl.createAssignmentRule((dev.upnext.v1.CreateAssignmentRuleRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateAssignmentRuleResponse>) responseObserver);
          break;
        case METHODID_GET_ASSIGNMENT_RULE:
          serviceImpl.getAssignmentRule((dev.upnext.v1.GetAssignmentRuleRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetAssignmentRuleResponse>) responseObserver);
          break;
        case METHODID_LIST_ASSIGNMENT_RULES:
          serviceImpl.listAssignmentRules((dev.upnext.v1.ListAssignmentRulesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListAssignmentRulesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ASSIGNMENT_RULE:
          serviceImpl.updateAssignmentRule((dev.upnext.v1.UpdateAssignmentRuleRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAssignmentRuleResponse>) responseObserver);
          break;
        case METHODID_MOVE_ASSIGNMENT_RULE:
          serviceImpl.moveAssignmentRule((dev.upnext.v1.MoveAssignmentRuleRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.MoveAssignmentRuleResponse>) responseObserver);
          break;
        case METHODID_DELETE_ASSIGNMENT_RULE:
          serviceImpl.deleteAssignmentRule((dev.upnext.v1.DeleteAssignmentRuleRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAssignmentRuleResponse>) responseObserver);
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
          getCreateSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateSegmentRequest,
              dev.upnext.v1.CreateSegmentResponse>(
                service, METHODID_CREATE_SEGMENT)))
        .addMethod(
          getGetSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetSegmentRequest,
              dev.upnext.v1.GetSegmentResponse>(
                service, METHODID_GET_SEGMENT)))
        .addMethod(
          getListSegmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSegmentsRequest,
              dev.upnext.v1.ListSegmentsResponse>(
                service, METHODID_LIST_SEGMENTS)))
        .addMethod(
          getUpdateSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateSegmentRequest,
              dev.upnext.v1.UpdateSegmentResponse>(
                service, METHODID_UPDATE_SEGMENT)))
        .addMethod(
          getCloneSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CloneSegmentRequest,
              dev.upnext.v1.CloneSegmentResponse>(
                service, METHODID_CLONE_SEGMENT)))
        .addMethod(
          getDeleteSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteSegmentRequest,
              dev.upnext.v1.DeleteSegmentResponse>(
                service, METHODID_DELETE_SEGMENT)))
        .addMethod(
          getActivateSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ActivateSegmentRequest,
              dev.upnext.v1.ActivateSegmentResponse>(
                service, METHODID_ACTIVATE_SEGMENT)))
        .addMethod(
          getDeactivateSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeactivateSegmentRequest,
              dev.upnext.v1.DeactivateSegmentResponse>(
                service, METHODID_DEACTIVATE_SEGMENT)))
        .addMethod(
          getMoveSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.MoveSegmentRequest,
              dev.upnext.v1.MoveSegmentResponse>(
                service, METHODID_MOVE_SEGMENT)))
        .addMethod(
          getRunAssignmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RunAssignmentRequest,
              dev.upnext.v1.RunAssignmentResponse>(
                service, METHODID_RUN_ASSIGNMENT)))
        .addMethod(
          getConnectSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ConnectSequenceRequest,
              dev.upnext.v1.ConnectSequenceResponse>(
                service, METHODID_CONNECT_SEQUENCE)))
        .addMethod(
          getDisconnectSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DisconnectSequenceRequest,
              dev.upnext.v1.DisconnectSequenceResponse>(
                service, METHODID_DISCONNECT_SEQUENCE)))
        .addMethod(
          getPreviewSegmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.PreviewSegmentRequest,
              dev.upnext.v1.PreviewSegmentResponse>(
                service, METHODID_PREVIEW_SEGMENT)))
        .addMethod(
          getExplainRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ExplainRecordRequest,
              dev.upnext.v1.ExplainRecordResponse>(
                service, METHODID_EXPLAIN_RECORD)))
        .addMethod(
          getListRoutingRunsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListRoutingRunsRequest,
              dev.upnext.v1.ListRoutingRunsResponse>(
                service, METHODID_LIST_ROUTING_RUNS)))
        .addMethod(
          getListSegmentMembersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSegmentMembersRequest,
              dev.upnext.v1.ListSegmentMembersResponse>(
                service, METHODID_LIST_SEGMENT_MEMBERS)))
        .addMethod(
          getCreateAssignmentRuleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateAssignmentRuleRequest,
              dev.upnext.v1.CreateAssignmentRuleResponse>(
                service, METHODID_CREATE_ASSIGNMENT_RULE)))
        .addMethod(
          getGetAssignmentRuleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetAssignmentRuleRequest,
              dev.upnext.v1.GetAssignmentRuleResponse>(
                service, METHODID_GET_ASSIGNMENT_RULE)))
        .addMethod(
          getListAssignmentRulesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListAssignmentRulesRequest,
              dev.upnext.v1.ListAssignmentRulesResponse>(
                service, METHODID_LIST_ASSIGNMENT_RULES)))
        .addMethod(
          getUpdateAssignmentRuleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateAssignmentRuleRequest,
              dev.upnext.v1.UpdateAssignmentRuleResponse>(
                service, METHODID_UPDATE_ASSIGNMENT_RULE)))
        .addMethod(
          getMoveAssignmentRuleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.MoveAssignmentRuleRequest,
              dev.upnext.v1.MoveAssignmentRuleResponse>(
                service, METHODID_MOVE_ASSIGNMENT_RULE)))
        .addMethod(
          getDeleteAssignmentRuleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteAssignmentRuleRequest,
              dev.upnext.v1.DeleteAssignmentRuleResponse>(
                service, METHODID_DELETE_ASSIGNMENT_RULE)))
        .build();
  }

  private static abstract class SegmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SegmentServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.SegmentServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SegmentService");
    }
  }

  private static final class SegmentServiceFileDescriptorSupplier
      extends SegmentServiceBaseDescriptorSupplier {
    SegmentServiceFileDescriptorSupplier() {}
  }

  private static final class SegmentServiceMethodDescriptorSupplier
      extends SegmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SegmentServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SegmentServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SegmentServiceFileDescriptorSupplier())
              .addMethod(getCreateSegmentMethod())
              .addMethod(getGetSegmentMethod())
              .addMethod(getListSegmentsMethod())
              .addMethod(getUpdateSegmentMethod())
              .addMethod(getCloneSegmentMethod())
              .addMethod(getDeleteSegmentMethod())
              .addMethod(getActivateSegmentMethod())
              .addMethod(getDeactivateSegmentMethod())
              .addMethod(getMoveSegmentMethod())
              .addMethod(getRunAssignmentMethod())
              .addMethod(getConnectSequenceMethod())
              .addMethod(getDisconnectSequenceMethod())
              .addMethod(getPreviewSegmentMethod())
              .addMethod(getExplainRecordMethod())
              .addMethod(getListRoutingRunsMethod())
              .addMethod(getListSegmentMembersMethod())
              .addMethod(getCreateAssignmentRuleMethod())
              .addMethod(getGetAssignmentRuleMethod())
              .addMethod(getListAssignmentRulesMethod())
              .addMethod(getUpdateAssignmentRuleMethod())
              .addMethod(getMoveAssignmentRuleMethod())
              .addMethod(getDeleteAssignmentRuleMethod())
              .build();
        }
      }
    }
    return result;
  }
}
