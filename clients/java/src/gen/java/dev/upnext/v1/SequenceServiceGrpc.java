package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Sequences: designed as a draft, frozen as revisions.
 * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SequenceServiceGrpc {

  private SequenceServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.SequenceService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateSequenceRequest,
      dev.upnext.v1.CreateSequenceResponse> getCreateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSequence",
      requestType = dev.upnext.v1.CreateSequenceRequest.class,
      responseType = dev.upnext.v1.CreateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateSequenceRequest,
      dev.upnext.v1.CreateSequenceResponse> getCreateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateSequenceRequest, dev.upnext.v1.CreateSequenceResponse> getCreateSequenceMethod;
    if ((getCreateSequenceMethod = SequenceServiceGrpc.getCreateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getCreateSequenceMethod = SequenceServiceGrpc.getCreateSequenceMethod) == null) {
          SequenceServiceGrpc.getCreateSequenceMethod = getCreateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateSequenceRequest, dev.upnext.v1.CreateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("CreateSequence"))
              .build();
        }
      }
    }
    return getCreateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRequest,
      dev.upnext.v1.GetSequenceResponse> getGetSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSequence",
      requestType = dev.upnext.v1.GetSequenceRequest.class,
      responseType = dev.upnext.v1.GetSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRequest,
      dev.upnext.v1.GetSequenceResponse> getGetSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRequest, dev.upnext.v1.GetSequenceResponse> getGetSequenceMethod;
    if ((getGetSequenceMethod = SequenceServiceGrpc.getGetSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getGetSequenceMethod = SequenceServiceGrpc.getGetSequenceMethod) == null) {
          SequenceServiceGrpc.getGetSequenceMethod = getGetSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetSequenceRequest, dev.upnext.v1.GetSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSequence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("GetSequence"))
              .build();
        }
      }
    }
    return getGetSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSequencesRequest,
      dev.upnext.v1.ListSequencesResponse> getListSequencesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSequences",
      requestType = dev.upnext.v1.ListSequencesRequest.class,
      responseType = dev.upnext.v1.ListSequencesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSequencesRequest,
      dev.upnext.v1.ListSequencesResponse> getListSequencesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSequencesRequest, dev.upnext.v1.ListSequencesResponse> getListSequencesMethod;
    if ((getListSequencesMethod = SequenceServiceGrpc.getListSequencesMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getListSequencesMethod = SequenceServiceGrpc.getListSequencesMethod) == null) {
          SequenceServiceGrpc.getListSequencesMethod = getListSequencesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSequencesRequest, dev.upnext.v1.ListSequencesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSequences"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequencesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequencesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ListSequences"))
              .build();
        }
      }
    }
    return getListSequencesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSequenceRequest,
      dev.upnext.v1.UpdateSequenceResponse> getUpdateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSequence",
      requestType = dev.upnext.v1.UpdateSequenceRequest.class,
      responseType = dev.upnext.v1.UpdateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSequenceRequest,
      dev.upnext.v1.UpdateSequenceResponse> getUpdateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateSequenceRequest, dev.upnext.v1.UpdateSequenceResponse> getUpdateSequenceMethod;
    if ((getUpdateSequenceMethod = SequenceServiceGrpc.getUpdateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getUpdateSequenceMethod = SequenceServiceGrpc.getUpdateSequenceMethod) == null) {
          SequenceServiceGrpc.getUpdateSequenceMethod = getUpdateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateSequenceRequest, dev.upnext.v1.UpdateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("UpdateSequence"))
              .build();
        }
      }
    }
    return getUpdateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSequenceRequest,
      dev.upnext.v1.DeleteSequenceResponse> getDeleteSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSequence",
      requestType = dev.upnext.v1.DeleteSequenceRequest.class,
      responseType = dev.upnext.v1.DeleteSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSequenceRequest,
      dev.upnext.v1.DeleteSequenceResponse> getDeleteSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteSequenceRequest, dev.upnext.v1.DeleteSequenceResponse> getDeleteSequenceMethod;
    if ((getDeleteSequenceMethod = SequenceServiceGrpc.getDeleteSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getDeleteSequenceMethod = SequenceServiceGrpc.getDeleteSequenceMethod) == null) {
          SequenceServiceGrpc.getDeleteSequenceMethod = getDeleteSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteSequenceRequest, dev.upnext.v1.DeleteSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("DeleteSequence"))
              .build();
        }
      }
    }
    return getDeleteSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UndeleteSequenceRequest,
      dev.upnext.v1.UndeleteSequenceResponse> getUndeleteSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UndeleteSequence",
      requestType = dev.upnext.v1.UndeleteSequenceRequest.class,
      responseType = dev.upnext.v1.UndeleteSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UndeleteSequenceRequest,
      dev.upnext.v1.UndeleteSequenceResponse> getUndeleteSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UndeleteSequenceRequest, dev.upnext.v1.UndeleteSequenceResponse> getUndeleteSequenceMethod;
    if ((getUndeleteSequenceMethod = SequenceServiceGrpc.getUndeleteSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getUndeleteSequenceMethod = SequenceServiceGrpc.getUndeleteSequenceMethod) == null) {
          SequenceServiceGrpc.getUndeleteSequenceMethod = getUndeleteSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UndeleteSequenceRequest, dev.upnext.v1.UndeleteSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UndeleteSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UndeleteSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UndeleteSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("UndeleteSequence"))
              .build();
        }
      }
    }
    return getUndeleteSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ValidateSequenceRequest,
      dev.upnext.v1.ValidateSequenceResponse> getValidateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ValidateSequence",
      requestType = dev.upnext.v1.ValidateSequenceRequest.class,
      responseType = dev.upnext.v1.ValidateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ValidateSequenceRequest,
      dev.upnext.v1.ValidateSequenceResponse> getValidateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ValidateSequenceRequest, dev.upnext.v1.ValidateSequenceResponse> getValidateSequenceMethod;
    if ((getValidateSequenceMethod = SequenceServiceGrpc.getValidateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getValidateSequenceMethod = SequenceServiceGrpc.getValidateSequenceMethod) == null) {
          SequenceServiceGrpc.getValidateSequenceMethod = getValidateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ValidateSequenceRequest, dev.upnext.v1.ValidateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ValidateSequence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ValidateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ValidateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ValidateSequence"))
              .build();
        }
      }
    }
    return getValidateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RenderSequenceRequest,
      dev.upnext.v1.RenderSequenceResponse> getRenderSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenderSequence",
      requestType = dev.upnext.v1.RenderSequenceRequest.class,
      responseType = dev.upnext.v1.RenderSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RenderSequenceRequest,
      dev.upnext.v1.RenderSequenceResponse> getRenderSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RenderSequenceRequest, dev.upnext.v1.RenderSequenceResponse> getRenderSequenceMethod;
    if ((getRenderSequenceMethod = SequenceServiceGrpc.getRenderSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getRenderSequenceMethod = SequenceServiceGrpc.getRenderSequenceMethod) == null) {
          SequenceServiceGrpc.getRenderSequenceMethod = getRenderSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RenderSequenceRequest, dev.upnext.v1.RenderSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenderSequence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RenderSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RenderSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("RenderSequence"))
              .build();
        }
      }
    }
    return getRenderSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSequenceRequest,
      dev.upnext.v1.ActivateSequenceResponse> getActivateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ActivateSequence",
      requestType = dev.upnext.v1.ActivateSequenceRequest.class,
      responseType = dev.upnext.v1.ActivateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSequenceRequest,
      dev.upnext.v1.ActivateSequenceResponse> getActivateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ActivateSequenceRequest, dev.upnext.v1.ActivateSequenceResponse> getActivateSequenceMethod;
    if ((getActivateSequenceMethod = SequenceServiceGrpc.getActivateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getActivateSequenceMethod = SequenceServiceGrpc.getActivateSequenceMethod) == null) {
          SequenceServiceGrpc.getActivateSequenceMethod = getActivateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ActivateSequenceRequest, dev.upnext.v1.ActivateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ActivateSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActivateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActivateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ActivateSequence"))
              .build();
        }
      }
    }
    return getActivateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSequenceRequest,
      dev.upnext.v1.DeactivateSequenceResponse> getDeactivateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeactivateSequence",
      requestType = dev.upnext.v1.DeactivateSequenceRequest.class,
      responseType = dev.upnext.v1.DeactivateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSequenceRequest,
      dev.upnext.v1.DeactivateSequenceResponse> getDeactivateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeactivateSequenceRequest, dev.upnext.v1.DeactivateSequenceResponse> getDeactivateSequenceMethod;
    if ((getDeactivateSequenceMethod = SequenceServiceGrpc.getDeactivateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getDeactivateSequenceMethod = SequenceServiceGrpc.getDeactivateSequenceMethod) == null) {
          SequenceServiceGrpc.getDeactivateSequenceMethod = getDeactivateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeactivateSequenceRequest, dev.upnext.v1.DeactivateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeactivateSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeactivateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeactivateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("DeactivateSequence"))
              .build();
        }
      }
    }
    return getDeactivateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DecideSplitRequest,
      dev.upnext.v1.DecideSplitResponse> getDecideSplitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DecideSplit",
      requestType = dev.upnext.v1.DecideSplitRequest.class,
      responseType = dev.upnext.v1.DecideSplitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DecideSplitRequest,
      dev.upnext.v1.DecideSplitResponse> getDecideSplitMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DecideSplitRequest, dev.upnext.v1.DecideSplitResponse> getDecideSplitMethod;
    if ((getDecideSplitMethod = SequenceServiceGrpc.getDecideSplitMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getDecideSplitMethod = SequenceServiceGrpc.getDecideSplitMethod) == null) {
          SequenceServiceGrpc.getDecideSplitMethod = getDecideSplitMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DecideSplitRequest, dev.upnext.v1.DecideSplitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DecideSplit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DecideSplitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DecideSplitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("DecideSplit"))
              .build();
        }
      }
    }
    return getDecideSplitMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRevisionRequest,
      dev.upnext.v1.GetSequenceRevisionResponse> getGetSequenceRevisionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSequenceRevision",
      requestType = dev.upnext.v1.GetSequenceRevisionRequest.class,
      responseType = dev.upnext.v1.GetSequenceRevisionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRevisionRequest,
      dev.upnext.v1.GetSequenceRevisionResponse> getGetSequenceRevisionMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceRevisionRequest, dev.upnext.v1.GetSequenceRevisionResponse> getGetSequenceRevisionMethod;
    if ((getGetSequenceRevisionMethod = SequenceServiceGrpc.getGetSequenceRevisionMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getGetSequenceRevisionMethod = SequenceServiceGrpc.getGetSequenceRevisionMethod) == null) {
          SequenceServiceGrpc.getGetSequenceRevisionMethod = getGetSequenceRevisionMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetSequenceRevisionRequest, dev.upnext.v1.GetSequenceRevisionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSequenceRevision"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceRevisionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceRevisionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("GetSequenceRevision"))
              .build();
        }
      }
    }
    return getGetSequenceRevisionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceRevisionsRequest,
      dev.upnext.v1.ListSequenceRevisionsResponse> getListSequenceRevisionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSequenceRevisions",
      requestType = dev.upnext.v1.ListSequenceRevisionsRequest.class,
      responseType = dev.upnext.v1.ListSequenceRevisionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceRevisionsRequest,
      dev.upnext.v1.ListSequenceRevisionsResponse> getListSequenceRevisionsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceRevisionsRequest, dev.upnext.v1.ListSequenceRevisionsResponse> getListSequenceRevisionsMethod;
    if ((getListSequenceRevisionsMethod = SequenceServiceGrpc.getListSequenceRevisionsMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getListSequenceRevisionsMethod = SequenceServiceGrpc.getListSequenceRevisionsMethod) == null) {
          SequenceServiceGrpc.getListSequenceRevisionsMethod = getListSequenceRevisionsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSequenceRevisionsRequest, dev.upnext.v1.ListSequenceRevisionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSequenceRevisions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequenceRevisionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequenceRevisionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ListSequenceRevisions"))
              .build();
        }
      }
    }
    return getListSequenceRevisionsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SequenceServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SequenceServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SequenceServiceStub>() {
        @java.lang.Override
        public SequenceServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SequenceServiceStub(channel, callOptions);
        }
      };
    return SequenceServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SequenceServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SequenceServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SequenceServiceBlockingV2Stub>() {
        @java.lang.Override
        public SequenceServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SequenceServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SequenceServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SequenceServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SequenceServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SequenceServiceBlockingStub>() {
        @java.lang.Override
        public SequenceServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SequenceServiceBlockingStub(channel, callOptions);
        }
      };
    return SequenceServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SequenceServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SequenceServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SequenceServiceFutureStub>() {
        @java.lang.Override
        public SequenceServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SequenceServiceFutureStub(channel, callOptions);
        }
      };
    return SequenceServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure (like
     * a wait as the last step) at activation.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NOT_SUPPORTED_YET, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createSequence(dev.upnext.v1.CreateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one sequence, even a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getSequence(dev.upnext.v1.GetSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists sequences without their steps, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSequences(dev.upnext.v1.ListSequencesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequencesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSequencesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes display name, description or draft, in any state. Enrollments are not affected until
     * the next activation.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update simply
     * applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE
     * (record type), TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE,
     * NOT_SUPPORTED_YET, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateSequence(dev.upnext.v1.UpdateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With `force`,
     * segments are disconnected and enrollments exit with SEQUENCE_DELETED in the same transaction.
     * If more than 1,000 are open, the operation in `exit_operation` ends them one by one. The
     * sequence takes no records meanwhile; each enrollment goes on until its turn comes, even if the
     * sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless `force` is
     * set.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteSequence(dev.upnext.v1.DeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Brings a deleted sequence back, as INACTIVE, or as DRAFT if it was never active.
     * Repetition: Undeleting what isn't deleted changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    default void undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UndeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUndeleteSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists everything that keeps the draft from being activated. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void validateSequence(dev.upnext.v1.ValidateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ValidateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getValidateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With `with_counts`, it
     * says how many enrollments are at each step now, and how many went along each edge. The counts
     * are exact to the last commit, and the same for every caller. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void renderSequence(dev.upnext.v1.RenderSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RenderSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenderSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and activates the
     * sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the members of connected
     * segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, and fewer sequences are active
     * than the limit (exact under concurrency).
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, WAIT_TOO_LONG (a
     * limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT, TEMPLATE_UNKNOWN,
     * LIMIT_EXCEEDED, REQUEST_ID_REUSED. All problems of the draft are told at once.
     * </pre>
     */
    default void activateSequence(dev.upnext.v1.ActivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActivateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end.
     * Precondition: The sequence was activated before.
     * Repetition: Deactivating an inactive sequence changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft), NOT_SUPPORTED_YET
     * (other modes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeactivateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then on take
     * that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split or
     * variant), REQUEST_ID_REUSED.
     * </pre>
     */
    default void decideSplit(dev.upnext.v1.DecideSplitRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DecideSplitResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDecideSplitMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one revision of a sequence, even of a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getSequenceRevision(dev.upnext.v1.GetSequenceRevisionRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceRevisionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSequenceRevisionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the revisions of a sequence without their steps, the newest first.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSequenceRevisions(dev.upnext.v1.ListSequenceRevisionsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceRevisionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSequenceRevisionsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SequenceService.
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class SequenceServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SequenceServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SequenceService.
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SequenceServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SequenceServiceStub> {
    private SequenceServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SequenceServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SequenceServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure (like
     * a wait as the last step) at activation.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NOT_SUPPORTED_YET, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createSequence(dev.upnext.v1.CreateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one sequence, even a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getSequence(dev.upnext.v1.GetSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists sequences without their steps, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSequences(dev.upnext.v1.ListSequencesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequencesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSequencesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes display name, description or draft, in any state. Enrollments are not affected until
     * the next activation.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update simply
     * applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE
     * (record type), TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE,
     * NOT_SUPPORTED_YET, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateSequence(dev.upnext.v1.UpdateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With `force`,
     * segments are disconnected and enrollments exit with SEQUENCE_DELETED in the same transaction.
     * If more than 1,000 are open, the operation in `exit_operation` ends them one by one. The
     * sequence takes no records meanwhile; each enrollment goes on until its turn comes, even if the
     * sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless `force` is
     * set.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteSequence(dev.upnext.v1.DeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Brings a deleted sequence back, as INACTIVE, or as DRAFT if it was never active.
     * Repetition: Undeleting what isn't deleted changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public void undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UndeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUndeleteSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists everything that keeps the draft from being activated. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void validateSequence(dev.upnext.v1.ValidateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ValidateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getValidateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With `with_counts`, it
     * says how many enrollments are at each step now, and how many went along each edge. The counts
     * are exact to the last commit, and the same for every caller. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void renderSequence(dev.upnext.v1.RenderSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RenderSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenderSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and activates the
     * sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the members of connected
     * segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, and fewer sequences are active
     * than the limit (exact under concurrency).
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, WAIT_TOO_LONG (a
     * limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT, TEMPLATE_UNKNOWN,
     * LIMIT_EXCEEDED, REQUEST_ID_REUSED. All problems of the draft are told at once.
     * </pre>
     */
    public void activateSequence(dev.upnext.v1.ActivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActivateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end.
     * Precondition: The sequence was activated before.
     * Repetition: Deactivating an inactive sequence changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft), NOT_SUPPORTED_YET
     * (other modes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeactivateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then on take
     * that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split or
     * variant), REQUEST_ID_REUSED.
     * </pre>
     */
    public void decideSplit(dev.upnext.v1.DecideSplitRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DecideSplitResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDecideSplitMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one revision of a sequence, even of a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getSequenceRevision(dev.upnext.v1.GetSequenceRevisionRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceRevisionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSequenceRevisionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the revisions of a sequence without their steps, the newest first.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSequenceRevisions(dev.upnext.v1.ListSequenceRevisionsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceRevisionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSequenceRevisionsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SequenceService.
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SequenceServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SequenceServiceBlockingV2Stub> {
    private SequenceServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SequenceServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SequenceServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure (like
     * a wait as the last step) at activation.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NOT_SUPPORTED_YET, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSequenceResponse createSequence(dev.upnext.v1.CreateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one sequence, even a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceResponse getSequence(dev.upnext.v1.GetSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sequences without their steps, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequencesResponse listSequences(dev.upnext.v1.ListSequencesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSequencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes display name, description or draft, in any state. Enrollments are not affected until
     * the next activation.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update simply
     * applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE
     * (record type), TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE,
     * NOT_SUPPORTED_YET, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSequenceResponse updateSequence(dev.upnext.v1.UpdateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With `force`,
     * segments are disconnected and enrollments exit with SEQUENCE_DELETED in the same transaction.
     * If more than 1,000 are open, the operation in `exit_operation` ends them one by one. The
     * sequence takes no records meanwhile; each enrollment goes on until its turn comes, even if the
     * sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless `force` is
     * set.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSequenceResponse deleteSequence(dev.upnext.v1.DeleteSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings a deleted sequence back, as INACTIVE, or as DRAFT if it was never active.
     * Repetition: Undeleting what isn't deleted changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UndeleteSequenceResponse undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUndeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists everything that keeps the draft from being activated. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ValidateSequenceResponse validateSequence(dev.upnext.v1.ValidateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getValidateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With `with_counts`, it
     * says how many enrollments are at each step now, and how many went along each edge. The counts
     * are exact to the last commit, and the same for every caller. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.RenderSequenceResponse renderSequence(dev.upnext.v1.RenderSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenderSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and activates the
     * sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the members of connected
     * segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, and fewer sequences are active
     * than the limit (exact under concurrency).
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, WAIT_TOO_LONG (a
     * limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT, TEMPLATE_UNKNOWN,
     * LIMIT_EXCEEDED, REQUEST_ID_REUSED. All problems of the draft are told at once.
     * </pre>
     */
    public dev.upnext.v1.ActivateSequenceResponse activateSequence(dev.upnext.v1.ActivateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end.
     * Precondition: The sequence was activated before.
     * Repetition: Deactivating an inactive sequence changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft), NOT_SUPPORTED_YET
     * (other modes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSequenceResponse deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeactivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then on take
     * that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split or
     * variant), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DecideSplitResponse decideSplit(dev.upnext.v1.DecideSplitRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDecideSplitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one revision of a sequence, even of a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceRevisionResponse getSequenceRevision(dev.upnext.v1.GetSequenceRevisionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSequenceRevisionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the revisions of a sequence without their steps, the newest first.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequenceRevisionsResponse listSequenceRevisions(dev.upnext.v1.ListSequenceRevisionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSequenceRevisionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SequenceService.
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SequenceServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SequenceServiceBlockingStub> {
    private SequenceServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SequenceServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SequenceServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure (like
     * a wait as the last step) at activation.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NOT_SUPPORTED_YET, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateSequenceResponse createSequence(dev.upnext.v1.CreateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one sequence, even a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceResponse getSequence(dev.upnext.v1.GetSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sequences without their steps, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequencesResponse listSequences(dev.upnext.v1.ListSequencesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSequencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes display name, description or draft, in any state. Enrollments are not affected until
     * the next activation.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update simply
     * applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE
     * (record type), TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE,
     * NOT_SUPPORTED_YET, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSequenceResponse updateSequence(dev.upnext.v1.UpdateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With `force`,
     * segments are disconnected and enrollments exit with SEQUENCE_DELETED in the same transaction.
     * If more than 1,000 are open, the operation in `exit_operation` ends them one by one. The
     * sequence takes no records meanwhile; each enrollment goes on until its turn comes, even if the
     * sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless `force` is
     * set.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteSequenceResponse deleteSequence(dev.upnext.v1.DeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings a deleted sequence back, as INACTIVE, or as DRAFT if it was never active.
     * Repetition: Undeleting what isn't deleted changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UndeleteSequenceResponse undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUndeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists everything that keeps the draft from being activated. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ValidateSequenceResponse validateSequence(dev.upnext.v1.ValidateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getValidateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With `with_counts`, it
     * says how many enrollments are at each step now, and how many went along each edge. The counts
     * are exact to the last commit, and the same for every caller. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.RenderSequenceResponse renderSequence(dev.upnext.v1.RenderSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenderSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and activates the
     * sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the members of connected
     * segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, and fewer sequences are active
     * than the limit (exact under concurrency).
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, WAIT_TOO_LONG (a
     * limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT, TEMPLATE_UNKNOWN,
     * LIMIT_EXCEEDED, REQUEST_ID_REUSED. All problems of the draft are told at once.
     * </pre>
     */
    public dev.upnext.v1.ActivateSequenceResponse activateSequence(dev.upnext.v1.ActivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end.
     * Precondition: The sequence was activated before.
     * Repetition: Deactivating an inactive sequence changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft), NOT_SUPPORTED_YET
     * (other modes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSequenceResponse deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeactivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then on take
     * that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split or
     * variant), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DecideSplitResponse decideSplit(dev.upnext.v1.DecideSplitRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDecideSplitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one revision of a sequence, even of a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceRevisionResponse getSequenceRevision(dev.upnext.v1.GetSequenceRevisionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSequenceRevisionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the revisions of a sequence without their steps, the newest first.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequenceRevisionsResponse listSequenceRevisions(dev.upnext.v1.ListSequenceRevisionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSequenceRevisionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SequenceService.
   * <pre>
   * Sequences: designed as a draft, frozen as revisions.
   * Each Errors line lists the errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class SequenceServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SequenceServiceFutureStub> {
    private SequenceServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SequenceServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SequenceServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure (like
     * a wait as the last step) at activation.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NOT_SUPPORTED_YET, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateSequenceResponse> createSequence(
        dev.upnext.v1.CreateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one sequence, even a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetSequenceResponse> getSequence(
        dev.upnext.v1.GetSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists sequences without their steps, ordered by id.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSequencesResponse> listSequences(
        dev.upnext.v1.ListSequencesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSequencesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes display name, description or draft, in any state. Enrollments are not affected until
     * the next activation.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update simply
     * applies again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, FIELD_IMMUTABLE
     * (record type), TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE,
     * NOT_SUPPORTED_YET, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateSequenceResponse> updateSequence(
        dev.upnext.v1.UpdateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With `force`,
     * segments are disconnected and enrollments exit with SEQUENCE_DELETED in the same transaction.
     * If more than 1,000 are open, the operation in `exit_operation` ends them one by one. The
     * sequence takes no records meanwhile; each enrollment goes on until its turn comes, even if the
     * sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless `force` is
     * set.
     * Repetition: The same `request_id` gets the first answer again; without one, RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteSequenceResponse> deleteSequence(
        dev.upnext.v1.DeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Brings a deleted sequence back, as INACTIVE, or as DRAFT if it was never active.
     * Repetition: Undeleting what isn't deleted changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UndeleteSequenceResponse> undeleteSequence(
        dev.upnext.v1.UndeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUndeleteSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists everything that keeps the draft from being activated. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ValidateSequenceResponse> validateSequence(
        dev.upnext.v1.ValidateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getValidateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With `with_counts`, it
     * says how many enrollments are at each step now, and how many went along each edge. The counts
     * are exact to the last commit, and the same for every caller. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RenderSequenceResponse> renderSequence(
        dev.upnext.v1.RenderSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenderSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and activates the
     * sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the members of connected
     * segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, and fewer sequences are active
     * than the limit (exact under concurrency).
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG, WAIT_TOO_LONG (a
     * limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT, TEMPLATE_UNKNOWN,
     * LIMIT_EXCEEDED, REQUEST_ID_REUSED. All problems of the draft are told at once.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ActivateSequenceResponse> activateSequence(
        dev.upnext.v1.ActivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActivateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end.
     * Precondition: The sequence was activated before.
     * Repetition: Deactivating an inactive sequence changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft), NOT_SUPPORTED_YET
     * (other modes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeactivateSequenceResponse> deactivateSequence(
        dev.upnext.v1.DeactivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeactivateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then on take
     * that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split or
     * variant), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DecideSplitResponse> decideSplit(
        dev.upnext.v1.DecideSplitRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDecideSplitMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one revision of a sequence, even of a deleted one.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetSequenceRevisionResponse> getSequenceRevision(
        dev.upnext.v1.GetSequenceRevisionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSequenceRevisionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the revisions of a sequence without their steps, the newest first.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSequenceRevisionsResponse> listSequenceRevisions(
        dev.upnext.v1.ListSequenceRevisionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSequenceRevisionsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SEQUENCE = 0;
  private static final int METHODID_GET_SEQUENCE = 1;
  private static final int METHODID_LIST_SEQUENCES = 2;
  private static final int METHODID_UPDATE_SEQUENCE = 3;
  private static final int METHODID_DELETE_SEQUENCE = 4;
  private static final int METHODID_UNDELETE_SEQUENCE = 5;
  private static final int METHODID_VALIDATE_SEQUENCE = 6;
  private static final int METHODID_RENDER_SEQUENCE = 7;
  private static final int METHODID_ACTIVATE_SEQUENCE = 8;
  private static final int METHODID_DEACTIVATE_SEQUENCE = 9;
  private static final int METHODID_DECIDE_SPLIT = 10;
  private static final int METHODID_GET_SEQUENCE_REVISION = 11;
  private static final int METHODID_LIST_SEQUENCE_REVISIONS = 12;

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
        case METHODID_CREATE_SEQUENCE:
          serviceImpl.createSequence((dev.upnext.v1.CreateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateSequenceResponse>) responseObserver);
          break;
        case METHODID_GET_SEQUENCE:
          serviceImpl.getSequence((dev.upnext.v1.GetSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceResponse>) responseObserver);
          break;
        case METHODID_LIST_SEQUENCES:
          serviceImpl.listSequences((dev.upnext.v1.ListSequencesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequencesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SEQUENCE:
          serviceImpl.updateSequence((dev.upnext.v1.UpdateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSequenceResponse>) responseObserver);
          break;
        case METHODID_DELETE_SEQUENCE:
          serviceImpl.deleteSequence((dev.upnext.v1.DeleteSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteSequenceResponse>) responseObserver);
          break;
        case METHODID_UNDELETE_SEQUENCE:
          serviceImpl.undeleteSequence((dev.upnext.v1.UndeleteSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UndeleteSequenceResponse>) responseObserver);
          break;
        case METHODID_VALIDATE_SEQUENCE:
          serviceImpl.validateSequence((dev.upnext.v1.ValidateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ValidateSequenceResponse>) responseObserver);
          break;
        case METHODID_RENDER_SEQUENCE:
          serviceImpl.renderSequence((dev.upnext.v1.RenderSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RenderSequenceResponse>) responseObserver);
          break;
        case METHODID_ACTIVATE_SEQUENCE:
          serviceImpl.activateSequence((dev.upnext.v1.ActivateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSequenceResponse>) responseObserver);
          break;
        case METHODID_DEACTIVATE_SEQUENCE:
          serviceImpl.deactivateSequence((dev.upnext.v1.DeactivateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSequenceResponse>) responseObserver);
          break;
        case METHODID_DECIDE_SPLIT:
          serviceImpl.decideSplit((dev.upnext.v1.DecideSplitRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DecideSplitResponse>) responseObserver);
          break;
        case METHODID_GET_SEQUENCE_REVISION:
          serviceImpl.getSequenceRevision((dev.upnext.v1.GetSequenceRevisionRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceRevisionResponse>) responseObserver);
          break;
        case METHODID_LIST_SEQUENCE_REVISIONS:
          serviceImpl.listSequenceRevisions((dev.upnext.v1.ListSequenceRevisionsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceRevisionsResponse>) responseObserver);
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
          getCreateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateSequenceRequest,
              dev.upnext.v1.CreateSequenceResponse>(
                service, METHODID_CREATE_SEQUENCE)))
        .addMethod(
          getGetSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetSequenceRequest,
              dev.upnext.v1.GetSequenceResponse>(
                service, METHODID_GET_SEQUENCE)))
        .addMethod(
          getListSequencesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSequencesRequest,
              dev.upnext.v1.ListSequencesResponse>(
                service, METHODID_LIST_SEQUENCES)))
        .addMethod(
          getUpdateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateSequenceRequest,
              dev.upnext.v1.UpdateSequenceResponse>(
                service, METHODID_UPDATE_SEQUENCE)))
        .addMethod(
          getDeleteSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteSequenceRequest,
              dev.upnext.v1.DeleteSequenceResponse>(
                service, METHODID_DELETE_SEQUENCE)))
        .addMethod(
          getUndeleteSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UndeleteSequenceRequest,
              dev.upnext.v1.UndeleteSequenceResponse>(
                service, METHODID_UNDELETE_SEQUENCE)))
        .addMethod(
          getValidateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ValidateSequenceRequest,
              dev.upnext.v1.ValidateSequenceResponse>(
                service, METHODID_VALIDATE_SEQUENCE)))
        .addMethod(
          getRenderSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RenderSequenceRequest,
              dev.upnext.v1.RenderSequenceResponse>(
                service, METHODID_RENDER_SEQUENCE)))
        .addMethod(
          getActivateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ActivateSequenceRequest,
              dev.upnext.v1.ActivateSequenceResponse>(
                service, METHODID_ACTIVATE_SEQUENCE)))
        .addMethod(
          getDeactivateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeactivateSequenceRequest,
              dev.upnext.v1.DeactivateSequenceResponse>(
                service, METHODID_DEACTIVATE_SEQUENCE)))
        .addMethod(
          getDecideSplitMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DecideSplitRequest,
              dev.upnext.v1.DecideSplitResponse>(
                service, METHODID_DECIDE_SPLIT)))
        .addMethod(
          getGetSequenceRevisionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetSequenceRevisionRequest,
              dev.upnext.v1.GetSequenceRevisionResponse>(
                service, METHODID_GET_SEQUENCE_REVISION)))
        .addMethod(
          getListSequenceRevisionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSequenceRevisionsRequest,
              dev.upnext.v1.ListSequenceRevisionsResponse>(
                service, METHODID_LIST_SEQUENCE_REVISIONS)))
        .build();
  }

  private static abstract class SequenceServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SequenceServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.SequenceServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SequenceService");
    }
  }

  private static final class SequenceServiceFileDescriptorSupplier
      extends SequenceServiceBaseDescriptorSupplier {
    SequenceServiceFileDescriptorSupplier() {}
  }

  private static final class SequenceServiceMethodDescriptorSupplier
      extends SequenceServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SequenceServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SequenceServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SequenceServiceFileDescriptorSupplier())
              .addMethod(getCreateSequenceMethod())
              .addMethod(getGetSequenceMethod())
              .addMethod(getListSequencesMethod())
              .addMethod(getUpdateSequenceMethod())
              .addMethod(getDeleteSequenceMethod())
              .addMethod(getUndeleteSequenceMethod())
              .addMethod(getValidateSequenceMethod())
              .addMethod(getRenderSequenceMethod())
              .addMethod(getActivateSequenceMethod())
              .addMethod(getDeactivateSequenceMethod())
              .addMethod(getDecideSplitMethod())
              .addMethod(getGetSequenceRevisionMethod())
              .addMethod(getListSequenceRevisionsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
