package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
 * particular to its call; ErrorReason lists those of any call.
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

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.SimulateSequenceRequest,
      dev.upnext.v1.SimulateSequenceResponse> getSimulateSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SimulateSequence",
      requestType = dev.upnext.v1.SimulateSequenceRequest.class,
      responseType = dev.upnext.v1.SimulateSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.SimulateSequenceRequest,
      dev.upnext.v1.SimulateSequenceResponse> getSimulateSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.SimulateSequenceRequest, dev.upnext.v1.SimulateSequenceResponse> getSimulateSequenceMethod;
    if ((getSimulateSequenceMethod = SequenceServiceGrpc.getSimulateSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getSimulateSequenceMethod = SequenceServiceGrpc.getSimulateSequenceMethod) == null) {
          SequenceServiceGrpc.getSimulateSequenceMethod = getSimulateSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.SimulateSequenceRequest, dev.upnext.v1.SimulateSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SimulateSequence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SimulateSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SimulateSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("SimulateSequence"))
              .build();
        }
      }
    }
    return getSimulateSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceTemplatesRequest,
      dev.upnext.v1.ListSequenceTemplatesResponse> getListSequenceTemplatesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSequenceTemplates",
      requestType = dev.upnext.v1.ListSequenceTemplatesRequest.class,
      responseType = dev.upnext.v1.ListSequenceTemplatesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceTemplatesRequest,
      dev.upnext.v1.ListSequenceTemplatesResponse> getListSequenceTemplatesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListSequenceTemplatesRequest, dev.upnext.v1.ListSequenceTemplatesResponse> getListSequenceTemplatesMethod;
    if ((getListSequenceTemplatesMethod = SequenceServiceGrpc.getListSequenceTemplatesMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getListSequenceTemplatesMethod = SequenceServiceGrpc.getListSequenceTemplatesMethod) == null) {
          SequenceServiceGrpc.getListSequenceTemplatesMethod = getListSequenceTemplatesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListSequenceTemplatesRequest, dev.upnext.v1.ListSequenceTemplatesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSequenceTemplates"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequenceTemplatesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListSequenceTemplatesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ListSequenceTemplates"))
              .build();
        }
      }
    }
    return getListSequenceTemplatesMethod;
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

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CloneSequenceRequest,
      dev.upnext.v1.CloneSequenceResponse> getCloneSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CloneSequence",
      requestType = dev.upnext.v1.CloneSequenceRequest.class,
      responseType = dev.upnext.v1.CloneSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CloneSequenceRequest,
      dev.upnext.v1.CloneSequenceResponse> getCloneSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CloneSequenceRequest, dev.upnext.v1.CloneSequenceResponse> getCloneSequenceMethod;
    if ((getCloneSequenceMethod = SequenceServiceGrpc.getCloneSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getCloneSequenceMethod = SequenceServiceGrpc.getCloneSequenceMethod) == null) {
          SequenceServiceGrpc.getCloneSequenceMethod = getCloneSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CloneSequenceRequest, dev.upnext.v1.CloneSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CloneSequence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloneSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloneSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("CloneSequence"))
              .build();
        }
      }
    }
    return getCloneSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReassignSequencesRequest,
      dev.upnext.v1.ReassignSequencesResponse> getReassignSequencesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReassignSequences",
      requestType = dev.upnext.v1.ReassignSequencesRequest.class,
      responseType = dev.upnext.v1.ReassignSequencesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReassignSequencesRequest,
      dev.upnext.v1.ReassignSequencesResponse> getReassignSequencesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReassignSequencesRequest, dev.upnext.v1.ReassignSequencesResponse> getReassignSequencesMethod;
    if ((getReassignSequencesMethod = SequenceServiceGrpc.getReassignSequencesMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getReassignSequencesMethod = SequenceServiceGrpc.getReassignSequencesMethod) == null) {
          SequenceServiceGrpc.getReassignSequencesMethod = getReassignSequencesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReassignSequencesRequest, dev.upnext.v1.ReassignSequencesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReassignSequences"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignSequencesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReassignSequencesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("ReassignSequences"))
              .build();
        }
      }
    }
    return getReassignSequencesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DiffSequenceRequest,
      dev.upnext.v1.DiffSequenceResponse> getDiffSequenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DiffSequence",
      requestType = dev.upnext.v1.DiffSequenceRequest.class,
      responseType = dev.upnext.v1.DiffSequenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DiffSequenceRequest,
      dev.upnext.v1.DiffSequenceResponse> getDiffSequenceMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DiffSequenceRequest, dev.upnext.v1.DiffSequenceResponse> getDiffSequenceMethod;
    if ((getDiffSequenceMethod = SequenceServiceGrpc.getDiffSequenceMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getDiffSequenceMethod = SequenceServiceGrpc.getDiffSequenceMethod) == null) {
          SequenceServiceGrpc.getDiffSequenceMethod = getDiffSequenceMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DiffSequenceRequest, dev.upnext.v1.DiffSequenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DiffSequence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DiffSequenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DiffSequenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("DiffSequence"))
              .build();
        }
      }
    }
    return getDiffSequenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceStatsRequest,
      dev.upnext.v1.GetSequenceStatsResponse> getGetSequenceStatsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSequenceStats",
      requestType = dev.upnext.v1.GetSequenceStatsRequest.class,
      responseType = dev.upnext.v1.GetSequenceStatsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceStatsRequest,
      dev.upnext.v1.GetSequenceStatsResponse> getGetSequenceStatsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetSequenceStatsRequest, dev.upnext.v1.GetSequenceStatsResponse> getGetSequenceStatsMethod;
    if ((getGetSequenceStatsMethod = SequenceServiceGrpc.getGetSequenceStatsMethod) == null) {
      synchronized (SequenceServiceGrpc.class) {
        if ((getGetSequenceStatsMethod = SequenceServiceGrpc.getGetSequenceStatsMethod) == null) {
          SequenceServiceGrpc.getGetSequenceStatsMethod = getGetSequenceStatsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetSequenceStatsRequest, dev.upnext.v1.GetSequenceStatsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSequenceStats"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceStatsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetSequenceStatsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SequenceServiceMethodDescriptorSupplier("GetSequenceStats"))
              .build();
        }
      }
    }
    return getGetSequenceStatsMethod;
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure
     * (like a wait as the last step) at activation. A salesperson's sequence is their own.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type, owner),
     * TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP,
     * SPLIT_WEIGHTS_INVALID, CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID,
     * ATTRIBUTE_VALUE_INVALID, SEQUENCE_OWNED_BY_ANOTHER,
     * REQUEST_ID_REUSED.
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
     * Changes a sequence, in any state. Changes of the draft affect no enrollment until the
     * next activation; `owner`, `tags`, `reenrollment` and `throttle` change at once.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * FIELD_IMMUTABLE (record type), REFERENCE_NOT_FOUND (owner), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID,
     * CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     * UPDATE_MASK_INVALID, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateSequence(dev.upnext.v1.UpdateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With
     * `force`, segments are disconnected and enrollments exit with SEQUENCE_DELETED in the
     * same transaction. If more than 1,000 are open, the operation in `exit_operation` ends
     * them one by one. The sequence takes no records meanwhile; each enrollment goes on until
     * its turn comes, even if the sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless
     * `force` is set.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    default void undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UndeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUndeleteSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists everything that keeps a sequence from being activated, and what its author
     * probably doesn't want. Looks at its saved draft, or at a definition in the request.
     * Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, FIELD_REQUIRED (neither `name` nor `sequence`).
     * </pre>
     */
    default void validateSequence(dev.upnext.v1.ValidateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ValidateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getValidateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells what would happen to a record in a sequence, if its steps ended as assumed: each
     * step that it would reach, when, the paths that it would take and why, and how it would
     * end. Decides as an enrollment does, but in memory: nothing is written, and no time
     * passes. It begins at once, whatever the sequence's `throttle` says.
     * Precondition: The record, if one is given, is in the caller's scope.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, record), FIELD_REQUIRED (neither `name`
     * nor `sequence`), RECORD_TYPE_MISMATCH, STEP_REFERENCE_INVALID (an assumption),
     * OUTCOME_REQUIRED, OUTCOME_UNKNOWN, REFERENCE_NOT_FOUND (record type), FIELD_IMMUTABLE
     * (record type), FIELD_TOO_LONG, TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY,
     * STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID, CONDITION_INVALID,
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
     * </pre>
     */
    default void simulateSequence(dev.upnext.v1.SimulateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SimulateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSimulateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the sequences that upnext comes with, ordered by id. Copy one with CloneSequence,
     * and change it as you like.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listSequenceTemplates(dev.upnext.v1.ListSequenceTemplatesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceTemplatesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSequenceTemplatesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With
     * `with_counts`, it says how many enrollments are at each step now, and how many went
     * along each edge. The counts are exact to the last commit, and the same for every caller.
     * Changes nothing.
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
     * Copies a sequence or one of its revisions, even of a deleted one, to a new sequence in
     * state DRAFT: its steps with their ids, its record type and its tags. A sequence template
     * is copied the same way. A salesperson's copy is their own; any other belongs to nobody.
     * Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, sequence template), RESOURCE_EXISTS,
     * FIELD_TOO_LONG, REFERENCE_NOT_FOUND (the template's record type), REQUEST_ID_REUSED.
     * </pre>
     */
    default void cloneSequence(dev.upnext.v1.CloneSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCloneSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives sequences another owner: all of them, or none if one can't be given.
     * Repetition: The same `request_id` gets the first answer again; without one, sequences
     * that have the owner already stay as they are.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: REFERENCE_NOT_FOUND (sequence, seller), RESOURCE_DELETED, FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void reassignSequences(dev.upnext.v1.ReassignSequencesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignSequencesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReassignSequencesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Compares two drafts or revisions, of one sequence or of two, step by step: which steps
     * were added, removed, changed or moved. Steps are matched by their `step_id`. Changes
     * nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision).
     * </pre>
     */
    default void diffSequence(dev.upnext.v1.DiffSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DiffSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDiffSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the statistics of a sequence, of all its revisions or of one: per step, revision
     * and reason, over a window of days and over as many days before it. Days are in UTC, and
     * the last one is today. The numbers are exact to the last commit, and the same for every
     * caller. They are kept as sums by day, so they cost the same for a hundred enrollments as
     * for millions. Only the variants of a split with a goal are counted from the history of
     * all enrollments. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getSequenceStats(dev.upnext.v1.GetSequenceStatsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceStatsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSequenceStatsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and
     * activates the sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the
     * members of connected segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, fewer sequences are
     * active than the limit (exact under concurrency), and a deactivation with EXIT has ended
     * all enrollments.
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * WAIT_TOO_LONG (a limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT,
     * TEMPLATE_UNKNOWN, TEMPLATE_REQUIRED, STEP_REFERENCE_INVALID, OUTCOME_UNKNOWN,
     * REFERENCE_NOT_FOUND (seller or team), ADVANCE_MISPLACED, ADVANCE_TARGET_INVALID,
     * CONDITION_INVALID and ATTRIBUTE_UNKNOWN (an attribute was deleted), LIMIT_EXCEEDED,
     * SEQUENCE_SETTLING, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED. All problems of the
     * draft are told at once.
     * </pre>
     */
    default void activateSequence(dev.upnext.v1.ActivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActivateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end, even paused
     * ones. With PAUSE, they are paused until the next activation, which continues each on its
     * revision, with the unspent part of its wait. With EXIT, they end with reason
     * SEQUENCE_DEACTIVATED. All of that is in effect when the call returns, however many they
     * are: nobody can act on a paused or ended enrollment, and no wait of it ends. If they are
     * more than 1,000, `settle_operation` writes it to them, and their activities leave the
     * queues, within minutes; until then filters of lists find them as they were. An
     * enrollment that was paused by hand stays so.
     * Precondition: The sequence was activated before. For PAUSE: no operation works on an
     * earlier pause, resumption or exit.
     * Repetition: Deactivating an inactive sequence in the same way changes nothing. In
     * another way: PAUSE and EXIT stop what an earlier DRAIN let continue, DRAIN resumes what
     * an earlier PAUSE paused, and EXIT ends it.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft),
     * SEQUENCE_SETTLING, ETAG_MISMATCH, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSequenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeactivateSequenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then
     * on take that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split
     * or variant), SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
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
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure
     * (like a wait as the last step) at activation. A salesperson's sequence is their own.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type, owner),
     * TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP,
     * SPLIT_WEIGHTS_INVALID, CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID,
     * ATTRIBUTE_VALUE_INVALID, SEQUENCE_OWNED_BY_ANOTHER,
     * REQUEST_ID_REUSED.
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
     * Changes a sequence, in any state. Changes of the draft affect no enrollment until the
     * next activation; `owner`, `tags`, `reenrollment` and `throttle` change at once.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * FIELD_IMMUTABLE (record type), REFERENCE_NOT_FOUND (owner), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID,
     * CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     * UPDATE_MASK_INVALID, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateSequence(dev.upnext.v1.UpdateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With
     * `force`, segments are disconnected and enrollments exit with SEQUENCE_DELETED in the
     * same transaction. If more than 1,000 are open, the operation in `exit_operation` ends
     * them one by one. The sequence takes no records meanwhile; each enrollment goes on until
     * its turn comes, even if the sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless
     * `force` is set.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public void undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UndeleteSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUndeleteSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists everything that keeps a sequence from being activated, and what its author
     * probably doesn't want. Looks at its saved draft, or at a definition in the request.
     * Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, FIELD_REQUIRED (neither `name` nor `sequence`).
     * </pre>
     */
    public void validateSequence(dev.upnext.v1.ValidateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ValidateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getValidateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells what would happen to a record in a sequence, if its steps ended as assumed: each
     * step that it would reach, when, the paths that it would take and why, and how it would
     * end. Decides as an enrollment does, but in memory: nothing is written, and no time
     * passes. It begins at once, whatever the sequence's `throttle` says.
     * Precondition: The record, if one is given, is in the caller's scope.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, record), FIELD_REQUIRED (neither `name`
     * nor `sequence`), RECORD_TYPE_MISMATCH, STEP_REFERENCE_INVALID (an assumption),
     * OUTCOME_REQUIRED, OUTCOME_UNKNOWN, REFERENCE_NOT_FOUND (record type), FIELD_IMMUTABLE
     * (record type), FIELD_TOO_LONG, TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY,
     * STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID, CONDITION_INVALID,
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
     * </pre>
     */
    public void simulateSequence(dev.upnext.v1.SimulateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SimulateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSimulateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the sequences that upnext comes with, ordered by id. Copy one with CloneSequence,
     * and change it as you like.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listSequenceTemplates(dev.upnext.v1.ListSequenceTemplatesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceTemplatesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSequenceTemplatesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With
     * `with_counts`, it says how many enrollments are at each step now, and how many went
     * along each edge. The counts are exact to the last commit, and the same for every caller.
     * Changes nothing.
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
     * Copies a sequence or one of its revisions, even of a deleted one, to a new sequence in
     * state DRAFT: its steps with their ids, its record type and its tags. A sequence template
     * is copied the same way. A salesperson's copy is their own; any other belongs to nobody.
     * Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, sequence template), RESOURCE_EXISTS,
     * FIELD_TOO_LONG, REFERENCE_NOT_FOUND (the template's record type), REQUEST_ID_REUSED.
     * </pre>
     */
    public void cloneSequence(dev.upnext.v1.CloneSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCloneSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives sequences another owner: all of them, or none if one can't be given.
     * Repetition: The same `request_id` gets the first answer again; without one, sequences
     * that have the owner already stay as they are.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: REFERENCE_NOT_FOUND (sequence, seller), RESOURCE_DELETED, FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void reassignSequences(dev.upnext.v1.ReassignSequencesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignSequencesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReassignSequencesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Compares two drafts or revisions, of one sequence or of two, step by step: which steps
     * were added, removed, changed or moved. Steps are matched by their `step_id`. Changes
     * nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision).
     * </pre>
     */
    public void diffSequence(dev.upnext.v1.DiffSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DiffSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDiffSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the statistics of a sequence, of all its revisions or of one: per step, revision
     * and reason, over a window of days and over as many days before it. Days are in UTC, and
     * the last one is today. The numbers are exact to the last commit, and the same for every
     * caller. They are kept as sums by day, so they cost the same for a hundred enrollments as
     * for millions. Only the variants of a split with a goal are counted from the history of
     * all enrollments. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getSequenceStats(dev.upnext.v1.GetSequenceStatsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceStatsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSequenceStatsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and
     * activates the sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the
     * members of connected segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, fewer sequences are
     * active than the limit (exact under concurrency), and a deactivation with EXIT has ended
     * all enrollments.
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * WAIT_TOO_LONG (a limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT,
     * TEMPLATE_UNKNOWN, TEMPLATE_REQUIRED, STEP_REFERENCE_INVALID, OUTCOME_UNKNOWN,
     * REFERENCE_NOT_FOUND (seller or team), ADVANCE_MISPLACED, ADVANCE_TARGET_INVALID,
     * CONDITION_INVALID and ATTRIBUTE_UNKNOWN (an attribute was deleted), LIMIT_EXCEEDED,
     * SEQUENCE_SETTLING, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED. All problems of the
     * draft are told at once.
     * </pre>
     */
    public void activateSequence(dev.upnext.v1.ActivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActivateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActivateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end, even paused
     * ones. With PAUSE, they are paused until the next activation, which continues each on its
     * revision, with the unspent part of its wait. With EXIT, they end with reason
     * SEQUENCE_DEACTIVATED. All of that is in effect when the call returns, however many they
     * are: nobody can act on a paused or ended enrollment, and no wait of it ends. If they are
     * more than 1,000, `settle_operation` writes it to them, and their activities leave the
     * queues, within minutes; until then filters of lists find them as they were. An
     * enrollment that was paused by hand stays so.
     * Precondition: The sequence was activated before. For PAUSE: no operation works on an
     * earlier pause, resumption or exit.
     * Repetition: Deactivating an inactive sequence in the same way changes nothing. In
     * another way: PAUSE and EXIT stop what an earlier DRAIN let continue, DRAIN resumes what
     * an earlier PAUSE paused, and EXIT ends it.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft),
     * SEQUENCE_SETTLING, ETAG_MISMATCH, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeactivateSequenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeactivateSequenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then
     * on take that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split
     * or variant), SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
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
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure
     * (like a wait as the last step) at activation. A salesperson's sequence is their own.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type, owner),
     * TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP,
     * SPLIT_WEIGHTS_INVALID, CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID,
     * ATTRIBUTE_VALUE_INVALID, SEQUENCE_OWNED_BY_ANOTHER,
     * REQUEST_ID_REUSED.
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
     * Changes a sequence, in any state. Changes of the draft affect no enrollment until the
     * next activation; `owner`, `tags`, `reenrollment` and `throttle` change at once.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * FIELD_IMMUTABLE (record type), REFERENCE_NOT_FOUND (owner), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID,
     * CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     * UPDATE_MASK_INVALID, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSequenceResponse updateSequence(dev.upnext.v1.UpdateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With
     * `force`, segments are disconnected and enrollments exit with SEQUENCE_DELETED in the
     * same transaction. If more than 1,000 are open, the operation in `exit_operation` ends
     * them one by one. The sequence takes no records meanwhile; each enrollment goes on until
     * its turn comes, even if the sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless
     * `force` is set.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UndeleteSequenceResponse undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUndeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists everything that keeps a sequence from being activated, and what its author
     * probably doesn't want. Looks at its saved draft, or at a definition in the request.
     * Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, FIELD_REQUIRED (neither `name` nor `sequence`).
     * </pre>
     */
    public dev.upnext.v1.ValidateSequenceResponse validateSequence(dev.upnext.v1.ValidateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getValidateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what would happen to a record in a sequence, if its steps ended as assumed: each
     * step that it would reach, when, the paths that it would take and why, and how it would
     * end. Decides as an enrollment does, but in memory: nothing is written, and no time
     * passes. It begins at once, whatever the sequence's `throttle` says.
     * Precondition: The record, if one is given, is in the caller's scope.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, record), FIELD_REQUIRED (neither `name`
     * nor `sequence`), RECORD_TYPE_MISMATCH, STEP_REFERENCE_INVALID (an assumption),
     * OUTCOME_REQUIRED, OUTCOME_UNKNOWN, REFERENCE_NOT_FOUND (record type), FIELD_IMMUTABLE
     * (record type), FIELD_TOO_LONG, TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY,
     * STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID, CONDITION_INVALID,
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
     * </pre>
     */
    public dev.upnext.v1.SimulateSequenceResponse simulateSequence(dev.upnext.v1.SimulateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSimulateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the sequences that upnext comes with, ordered by id. Copy one with CloneSequence,
     * and change it as you like.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequenceTemplatesResponse listSequenceTemplates(dev.upnext.v1.ListSequenceTemplatesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSequenceTemplatesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With
     * `with_counts`, it says how many enrollments are at each step now, and how many went
     * along each edge. The counts are exact to the last commit, and the same for every caller.
     * Changes nothing.
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
     * Copies a sequence or one of its revisions, even of a deleted one, to a new sequence in
     * state DRAFT: its steps with their ids, its record type and its tags. A sequence template
     * is copied the same way. A salesperson's copy is their own; any other belongs to nobody.
     * Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, sequence template), RESOURCE_EXISTS,
     * FIELD_TOO_LONG, REFERENCE_NOT_FOUND (the template's record type), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloneSequenceResponse cloneSequence(dev.upnext.v1.CloneSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCloneSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives sequences another owner: all of them, or none if one can't be given.
     * Repetition: The same `request_id` gets the first answer again; without one, sequences
     * that have the owner already stay as they are.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: REFERENCE_NOT_FOUND (sequence, seller), RESOURCE_DELETED, FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignSequencesResponse reassignSequences(dev.upnext.v1.ReassignSequencesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReassignSequencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Compares two drafts or revisions, of one sequence or of two, step by step: which steps
     * were added, removed, changed or moved. Steps are matched by their `step_id`. Changes
     * nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision).
     * </pre>
     */
    public dev.upnext.v1.DiffSequenceResponse diffSequence(dev.upnext.v1.DiffSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDiffSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the statistics of a sequence, of all its revisions or of one: per step, revision
     * and reason, over a window of days and over as many days before it. Days are in UTC, and
     * the last one is today. The numbers are exact to the last commit, and the same for every
     * caller. They are kept as sums by day, so they cost the same for a hundred enrollments as
     * for millions. Only the variants of a split with a goal are counted from the history of
     * all enrollments. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceStatsResponse getSequenceStats(dev.upnext.v1.GetSequenceStatsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSequenceStatsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and
     * activates the sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the
     * members of connected segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, fewer sequences are
     * active than the limit (exact under concurrency), and a deactivation with EXIT has ended
     * all enrollments.
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * WAIT_TOO_LONG (a limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT,
     * TEMPLATE_UNKNOWN, TEMPLATE_REQUIRED, STEP_REFERENCE_INVALID, OUTCOME_UNKNOWN,
     * REFERENCE_NOT_FOUND (seller or team), ADVANCE_MISPLACED, ADVANCE_TARGET_INVALID,
     * CONDITION_INVALID and ATTRIBUTE_UNKNOWN (an attribute was deleted), LIMIT_EXCEEDED,
     * SEQUENCE_SETTLING, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED. All problems of the
     * draft are told at once.
     * </pre>
     */
    public dev.upnext.v1.ActivateSequenceResponse activateSequence(dev.upnext.v1.ActivateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end, even paused
     * ones. With PAUSE, they are paused until the next activation, which continues each on its
     * revision, with the unspent part of its wait. With EXIT, they end with reason
     * SEQUENCE_DEACTIVATED. All of that is in effect when the call returns, however many they
     * are: nobody can act on a paused or ended enrollment, and no wait of it ends. If they are
     * more than 1,000, `settle_operation` writes it to them, and their activities leave the
     * queues, within minutes; until then filters of lists find them as they were. An
     * enrollment that was paused by hand stays so.
     * Precondition: The sequence was activated before. For PAUSE: no operation works on an
     * earlier pause, resumption or exit.
     * Repetition: Deactivating an inactive sequence in the same way changes nothing. In
     * another way: PAUSE and EXIT stop what an earlier DRAIN let continue, DRAIN resumes what
     * an earlier PAUSE paused, and EXIT ends it.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft),
     * SEQUENCE_SETTLING, ETAG_MISMATCH, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSequenceResponse deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeactivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then
     * on take that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split
     * or variant), SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
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
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure
     * (like a wait as the last step) at activation. A salesperson's sequence is their own.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type, owner),
     * TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP,
     * SPLIT_WEIGHTS_INVALID, CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID,
     * ATTRIBUTE_VALUE_INVALID, SEQUENCE_OWNED_BY_ANOTHER,
     * REQUEST_ID_REUSED.
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
     * Changes a sequence, in any state. Changes of the draft affect no enrollment until the
     * next activation; `owner`, `tags`, `reenrollment` and `throttle` change at once.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * FIELD_IMMUTABLE (record type), REFERENCE_NOT_FOUND (owner), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID,
     * CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     * UPDATE_MASK_INVALID, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateSequenceResponse updateSequence(dev.upnext.v1.UpdateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With
     * `force`, segments are disconnected and enrollments exit with SEQUENCE_DELETED in the
     * same transaction. If more than 1,000 are open, the operation in `exit_operation` ends
     * them one by one. The sequence takes no records meanwhile; each enrollment goes on until
     * its turn comes, even if the sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless
     * `force` is set.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UndeleteSequenceResponse undeleteSequence(dev.upnext.v1.UndeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUndeleteSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists everything that keeps a sequence from being activated, and what its author
     * probably doesn't want. Looks at its saved draft, or at a definition in the request.
     * Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, FIELD_REQUIRED (neither `name` nor `sequence`).
     * </pre>
     */
    public dev.upnext.v1.ValidateSequenceResponse validateSequence(dev.upnext.v1.ValidateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getValidateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what would happen to a record in a sequence, if its steps ended as assumed: each
     * step that it would reach, when, the paths that it would take and why, and how it would
     * end. Decides as an enrollment does, but in memory: nothing is written, and no time
     * passes. It begins at once, whatever the sequence's `throttle` says.
     * Precondition: The record, if one is given, is in the caller's scope.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, record), FIELD_REQUIRED (neither `name`
     * nor `sequence`), RECORD_TYPE_MISMATCH, STEP_REFERENCE_INVALID (an assumption),
     * OUTCOME_REQUIRED, OUTCOME_UNKNOWN, REFERENCE_NOT_FOUND (record type), FIELD_IMMUTABLE
     * (record type), FIELD_TOO_LONG, TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY,
     * STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID, CONDITION_INVALID,
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
     * </pre>
     */
    public dev.upnext.v1.SimulateSequenceResponse simulateSequence(dev.upnext.v1.SimulateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSimulateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the sequences that upnext comes with, ordered by id. Copy one with CloneSequence,
     * and change it as you like.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListSequenceTemplatesResponse listSequenceTemplates(dev.upnext.v1.ListSequenceTemplatesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSequenceTemplatesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With
     * `with_counts`, it says how many enrollments are at each step now, and how many went
     * along each edge. The counts are exact to the last commit, and the same for every caller.
     * Changes nothing.
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
     * Copies a sequence or one of its revisions, even of a deleted one, to a new sequence in
     * state DRAFT: its steps with their ids, its record type and its tags. A sequence template
     * is copied the same way. A salesperson's copy is their own; any other belongs to nobody.
     * Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, sequence template), RESOURCE_EXISTS,
     * FIELD_TOO_LONG, REFERENCE_NOT_FOUND (the template's record type), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloneSequenceResponse cloneSequence(dev.upnext.v1.CloneSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCloneSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives sequences another owner: all of them, or none if one can't be given.
     * Repetition: The same `request_id` gets the first answer again; without one, sequences
     * that have the owner already stay as they are.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: REFERENCE_NOT_FOUND (sequence, seller), RESOURCE_DELETED, FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReassignSequencesResponse reassignSequences(dev.upnext.v1.ReassignSequencesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReassignSequencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Compares two drafts or revisions, of one sequence or of two, step by step: which steps
     * were added, removed, changed or moved. Steps are matched by their `step_id`. Changes
     * nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision).
     * </pre>
     */
    public dev.upnext.v1.DiffSequenceResponse diffSequence(dev.upnext.v1.DiffSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDiffSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the statistics of a sequence, of all its revisions or of one: per step, revision
     * and reason, over a window of days and over as many days before it. Days are in UTC, and
     * the last one is today. The numbers are exact to the last commit, and the same for every
     * caller. They are kept as sums by day, so they cost the same for a hundred enrollments as
     * for millions. Only the variants of a split with a goal are counted from the history of
     * all enrollments. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetSequenceStatsResponse getSequenceStats(dev.upnext.v1.GetSequenceStatsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSequenceStatsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and
     * activates the sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the
     * members of connected segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, fewer sequences are
     * active than the limit (exact under concurrency), and a deactivation with EXIT has ended
     * all enrollments.
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * WAIT_TOO_LONG (a limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT,
     * TEMPLATE_UNKNOWN, TEMPLATE_REQUIRED, STEP_REFERENCE_INVALID, OUTCOME_UNKNOWN,
     * REFERENCE_NOT_FOUND (seller or team), ADVANCE_MISPLACED, ADVANCE_TARGET_INVALID,
     * CONDITION_INVALID and ATTRIBUTE_UNKNOWN (an attribute was deleted), LIMIT_EXCEEDED,
     * SEQUENCE_SETTLING, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED. All problems of the
     * draft are told at once.
     * </pre>
     */
    public dev.upnext.v1.ActivateSequenceResponse activateSequence(dev.upnext.v1.ActivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end, even paused
     * ones. With PAUSE, they are paused until the next activation, which continues each on its
     * revision, with the unspent part of its wait. With EXIT, they end with reason
     * SEQUENCE_DEACTIVATED. All of that is in effect when the call returns, however many they
     * are: nobody can act on a paused or ended enrollment, and no wait of it ends. If they are
     * more than 1,000, `settle_operation` writes it to them, and their activities leave the
     * queues, within minutes; until then filters of lists find them as they were. An
     * enrollment that was paused by hand stays so.
     * Precondition: The sequence was activated before. For PAUSE: no operation works on an
     * earlier pause, resumption or exit.
     * Repetition: Deactivating an inactive sequence in the same way changes nothing. In
     * another way: PAUSE and EXIT stop what an earlier DRAIN let continue, DRAIN resumes what
     * an earlier PAUSE paused, and EXIT ends it.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft),
     * SEQUENCE_SETTLING, ETAG_MISMATCH, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeactivateSequenceResponse deactivateSequence(dev.upnext.v1.DeactivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeactivateSequenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then
     * on take that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split
     * or variant), SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
   * Sequences: designed as a draft, frozen as revisions. Each Errors line lists the errors
   * particular to its call; ErrorReason lists those of any call.
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
     * Creates a sequence in state DRAFT. Invalid values are refused here, an invalid structure
     * (like a wait as the last step) at activation. A salesperson's sequence is their own.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_EXISTS, FIELD_TOO_LONG, REFERENCE_NOT_FOUND (record type, owner),
     * TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP,
     * SPLIT_WEIGHTS_INVALID, CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID,
     * ATTRIBUTE_VALUE_INVALID, SEQUENCE_OWNED_BY_ANOTHER,
     * REQUEST_ID_REUSED.
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
     * Changes a sequence, in any state. Changes of the draft affect no enrollment until the
     * next activation; `owner`, `tags`, `reenrollment` and `throttle` change at once.
     * Precondition: The sequence is not deleted.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * FIELD_IMMUTABLE (record type), REFERENCE_NOT_FOUND (owner), TEMPLATE_UNKNOWN,
     * WAIT_TOO_LONG, WAIT_EMPTY, STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID,
     * CONDITION_INVALID, ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     * UPDATE_MASK_INVALID, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateSequenceResponse> updateSequence(
        dev.upnext.v1.UpdateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a sequence softly: UndeleteSequence brings it back, its id stays taken. With
     * `force`, segments are disconnected and enrollments exit with SEQUENCE_DELETED in the
     * same transaction. If more than 1,000 are open, the operation in `exit_operation` ends
     * them one by one. The sequence takes no records meanwhile; each enrollment goes on until
     * its turn comes, even if the sequence is undeleted.
     * Precondition: The sequence has no open enrollments and no connected segments, unless
     * `force` is set.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_DELETED.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, SEQUENCE_IN_USE,
     * SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UndeleteSequenceResponse> undeleteSequence(
        dev.upnext.v1.UndeleteSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUndeleteSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists everything that keeps a sequence from being activated, and what its author
     * probably doesn't want. Looks at its saved draft, or at a definition in the request.
     * Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, FIELD_REQUIRED (neither `name` nor `sequence`).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ValidateSequenceResponse> validateSequence(
        dev.upnext.v1.ValidateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getValidateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells what would happen to a record in a sequence, if its steps ended as assumed: each
     * step that it would reach, when, the paths that it would take and why, and how it would
     * end. Decides as an enrollment does, but in memory: nothing is written, and no time
     * passes. It begins at once, whatever the sequence's `throttle` says.
     * Precondition: The record, if one is given, is in the caller's scope.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, record), FIELD_REQUIRED (neither `name`
     * nor `sequence`), RECORD_TYPE_MISMATCH, STEP_REFERENCE_INVALID (an assumption),
     * OUTCOME_REQUIRED, OUTCOME_UNKNOWN, REFERENCE_NOT_FOUND (record type), FIELD_IMMUTABLE
     * (record type), FIELD_TOO_LONG, TEMPLATE_UNKNOWN, WAIT_TOO_LONG, WAIT_EMPTY,
     * STEP_ID_DUPLICATE, NESTING_TOO_DEEP, SPLIT_WEIGHTS_INVALID, CONDITION_INVALID,
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.SimulateSequenceResponse> simulateSequence(
        dev.upnext.v1.SimulateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSimulateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the sequences that upnext comes with, ordered by id. Copy one with CloneSequence,
     * and change it as you like.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListSequenceTemplatesResponse> listSequenceTemplates(
        dev.upnext.v1.ListSequenceTemplatesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSequenceTemplatesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Draws a sequence as a Mermaid flowchart: its saved draft, or a revision. With
     * `with_counts`, it says how many enrollments are at each step now, and how many went
     * along each edge. The counts are exact to the last commit, and the same for every caller.
     * Changes nothing.
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
     * Copies a sequence or one of its revisions, even of a deleted one, to a new sequence in
     * state DRAFT: its steps with their ids, its record type and its tags. A sequence template
     * is copied the same way. A salesperson's copy is their own; any other belongs to nobody.
     * Whatever happens to the original later doesn't touch the copy.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision, sequence template), RESOURCE_EXISTS,
     * FIELD_TOO_LONG, REFERENCE_NOT_FOUND (the template's record type), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CloneSequenceResponse> cloneSequence(
        dev.upnext.v1.CloneSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCloneSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives sequences another owner: all of them, or none if one can't be given.
     * Repetition: The same `request_id` gets the first answer again; without one, sequences
     * that have the owner already stay as they are.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: REFERENCE_NOT_FOUND (sequence, seller), RESOURCE_DELETED, FIELD_TOO_LONG,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReassignSequencesResponse> reassignSequences(
        dev.upnext.v1.ReassignSequencesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReassignSequencesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Compares two drafts or revisions, of one sequence or of two, step by step: which steps
     * were added, removed, changed or moved. Steps are matched by their `step_id`. Changes
     * nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (sequence, revision).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DiffSequenceResponse> diffSequence(
        dev.upnext.v1.DiffSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDiffSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the statistics of a sequence, of all its revisions or of one: per step, revision
     * and reason, over a window of days and over as many days before it. Days are in UTC, and
     * the last one is today. The numbers are exact to the last commit, and the same for every
     * caller. They are kept as sums by day, so they cost the same for a hundred enrollments as
     * for millions. Only the variants of a split with a goal are counted from the history of
     * all enrollments. Changes nothing.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetSequenceStatsResponse> getSequenceStats(
        dev.upnext.v1.GetSequenceStatsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSequenceStatsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Freezes the draft as the next revision (an unchanged draft makes no new one) and
     * activates the sequence: it takes records. Going from INACTIVE to ACTIVE also enrolls the
     * members of connected segments, through the operation named in the answer.
     * Precondition: The draft is valid, the sequence is not deleted, fewer sequences are
     * active than the limit (exact under concurrency), and a deactivation with EXIT has ended
     * all enrollments.
     * Repetition: Activating an active sequence whose draft is unchanged changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, FIELD_TOO_LONG,
     * WAIT_TOO_LONG (a limit was lowered), SEQUENCE_HAS_NO_STEPS, SEQUENCE_ENDS_WITH_WAIT,
     * TEMPLATE_UNKNOWN, TEMPLATE_REQUIRED, STEP_REFERENCE_INVALID, OUTCOME_UNKNOWN,
     * REFERENCE_NOT_FOUND (seller or team), ADVANCE_MISPLACED, ADVANCE_TARGET_INVALID,
     * CONDITION_INVALID and ATTRIBUTE_UNKNOWN (an attribute was deleted), LIMIT_EXCEEDED,
     * SEQUENCE_SETTLING, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED. All problems of the
     * draft are told at once.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ActivateSequenceResponse> activateSequence(
        dev.upnext.v1.ActivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActivateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops taking records. With DRAIN, open enrollments continue to their end, even paused
     * ones. With PAUSE, they are paused until the next activation, which continues each on its
     * revision, with the unspent part of its wait. With EXIT, they end with reason
     * SEQUENCE_DEACTIVATED. All of that is in effect when the call returns, however many they
     * are: nobody can act on a paused or ended enrollment, and no wait of it ends. If they are
     * more than 1,000, `settle_operation` writes it to them, and their activities leave the
     * queues, within minutes; until then filters of lists find them as they were. An
     * enrollment that was paused by hand stays so.
     * Precondition: The sequence was activated before. For PAUSE: no operation works on an
     * earlier pause, resumption or exit.
     * Repetition: Deactivating an inactive sequence in the same way changes nothing. In
     * another way: PAUSE and EXIT stop what an earlier DRAIN let continue, DRAIN resumes what
     * an earlier PAUSE paused, and EXIT ends it.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE (a draft),
     * SEQUENCE_SETTLING, ETAG_MISMATCH, SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeactivateSequenceResponse> deactivateSequence(
        dev.upnext.v1.DeactivateSequenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeactivateSequenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Chooses the winner of a split: enrollments of any revision that arrive there from then
     * on take that variant. Those that took another one go on with it.
     * Precondition: The draft or the newest revision has the split, with that variant.
     * Repetition: Choosing the same winner again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, ETAG_MISMATCH, REFERENCE_NOT_FOUND (split
     * or variant), SEQUENCE_OWNED_BY_ANOTHER, REQUEST_ID_REUSED.
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
  private static final int METHODID_SIMULATE_SEQUENCE = 7;
  private static final int METHODID_LIST_SEQUENCE_TEMPLATES = 8;
  private static final int METHODID_RENDER_SEQUENCE = 9;
  private static final int METHODID_CLONE_SEQUENCE = 10;
  private static final int METHODID_REASSIGN_SEQUENCES = 11;
  private static final int METHODID_DIFF_SEQUENCE = 12;
  private static final int METHODID_GET_SEQUENCE_STATS = 13;
  private static final int METHODID_ACTIVATE_SEQUENCE = 14;
  private static final int METHODID_DEACTIVATE_SEQUENCE = 15;
  private static final int METHODID_DECIDE_SPLIT = 16;
  private static final int METHODID_GET_SEQUENCE_REVISION = 17;
  private static final int METHODID_LIST_SEQUENCE_REVISIONS = 18;

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
        case METHODID_SIMULATE_SEQUENCE:
          serviceImpl.simulateSequence((dev.upnext.v1.SimulateSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.SimulateSequenceResponse>) responseObserver);
          break;
        case METHODID_LIST_SEQUENCE_TEMPLATES:
          serviceImpl.listSequenceTemplates((dev.upnext.v1.ListSequenceTemplatesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListSequenceTemplatesResponse>) responseObserver);
          break;
        case METHODID_RENDER_SEQUENCE:
          serviceImpl.renderSequence((dev.upnext.v1.RenderSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RenderSequenceResponse>) responseObserver);
          break;
        case METHODID_CLONE_SEQUENCE:
          serviceImpl.cloneSequence((dev.upnext.v1.CloneSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CloneSequenceResponse>) responseObserver);
          break;
        case METHODID_REASSIGN_SEQUENCES:
          serviceImpl.reassignSequences((dev.upnext.v1.ReassignSequencesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReassignSequencesResponse>) responseObserver);
          break;
        case METHODID_DIFF_SEQUENCE:
          serviceImpl.diffSequence((dev.upnext.v1.DiffSequenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DiffSequenceResponse>) responseObserver);
          break;
        case METHODID_GET_SEQUENCE_STATS:
          serviceImpl.getSequenceStats((dev.upnext.v1.GetSequenceStatsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetSequenceStatsResponse>) responseObserver);
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
          getSimulateSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.SimulateSequenceRequest,
              dev.upnext.v1.SimulateSequenceResponse>(
                service, METHODID_SIMULATE_SEQUENCE)))
        .addMethod(
          getListSequenceTemplatesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListSequenceTemplatesRequest,
              dev.upnext.v1.ListSequenceTemplatesResponse>(
                service, METHODID_LIST_SEQUENCE_TEMPLATES)))
        .addMethod(
          getRenderSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RenderSequenceRequest,
              dev.upnext.v1.RenderSequenceResponse>(
                service, METHODID_RENDER_SEQUENCE)))
        .addMethod(
          getCloneSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CloneSequenceRequest,
              dev.upnext.v1.CloneSequenceResponse>(
                service, METHODID_CLONE_SEQUENCE)))
        .addMethod(
          getReassignSequencesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReassignSequencesRequest,
              dev.upnext.v1.ReassignSequencesResponse>(
                service, METHODID_REASSIGN_SEQUENCES)))
        .addMethod(
          getDiffSequenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DiffSequenceRequest,
              dev.upnext.v1.DiffSequenceResponse>(
                service, METHODID_DIFF_SEQUENCE)))
        .addMethod(
          getGetSequenceStatsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetSequenceStatsRequest,
              dev.upnext.v1.GetSequenceStatsResponse>(
                service, METHODID_GET_SEQUENCE_STATS)))
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
              .addMethod(getSimulateSequenceMethod())
              .addMethod(getListSequenceTemplatesMethod())
              .addMethod(getRenderSequenceMethod())
              .addMethod(getCloneSequenceMethod())
              .addMethod(getReassignSequencesMethod())
              .addMethod(getDiffSequenceMethod())
              .addMethod(getGetSequenceStatsMethod())
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
