package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
 * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
 * those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EnrollmentServiceGrpc {

  private EnrollmentServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.EnrollmentService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.EnrollRecordRequest,
      dev.upnext.v1.EnrollRecordResponse> getEnrollRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EnrollRecord",
      requestType = dev.upnext.v1.EnrollRecordRequest.class,
      responseType = dev.upnext.v1.EnrollRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.EnrollRecordRequest,
      dev.upnext.v1.EnrollRecordResponse> getEnrollRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.EnrollRecordRequest, dev.upnext.v1.EnrollRecordResponse> getEnrollRecordMethod;
    if ((getEnrollRecordMethod = EnrollmentServiceGrpc.getEnrollRecordMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getEnrollRecordMethod = EnrollmentServiceGrpc.getEnrollRecordMethod) == null) {
          EnrollmentServiceGrpc.getEnrollRecordMethod = getEnrollRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.EnrollRecordRequest, dev.upnext.v1.EnrollRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EnrollRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.EnrollRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.EnrollRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("EnrollRecord"))
              .build();
        }
      }
    }
    return getEnrollRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchEnrollRecordsRequest,
      dev.upnext.v1.BatchEnrollRecordsResponse> getBatchEnrollRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchEnrollRecords",
      requestType = dev.upnext.v1.BatchEnrollRecordsRequest.class,
      responseType = dev.upnext.v1.BatchEnrollRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchEnrollRecordsRequest,
      dev.upnext.v1.BatchEnrollRecordsResponse> getBatchEnrollRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchEnrollRecordsRequest, dev.upnext.v1.BatchEnrollRecordsResponse> getBatchEnrollRecordsMethod;
    if ((getBatchEnrollRecordsMethod = EnrollmentServiceGrpc.getBatchEnrollRecordsMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getBatchEnrollRecordsMethod = EnrollmentServiceGrpc.getBatchEnrollRecordsMethod) == null) {
          EnrollmentServiceGrpc.getBatchEnrollRecordsMethod = getBatchEnrollRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchEnrollRecordsRequest, dev.upnext.v1.BatchEnrollRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchEnrollRecords"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchEnrollRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchEnrollRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("BatchEnrollRecords"))
              .build();
        }
      }
    }
    return getBatchEnrollRecordsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ExitEnrollmentRequest,
      dev.upnext.v1.ExitEnrollmentResponse> getExitEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExitEnrollment",
      requestType = dev.upnext.v1.ExitEnrollmentRequest.class,
      responseType = dev.upnext.v1.ExitEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ExitEnrollmentRequest,
      dev.upnext.v1.ExitEnrollmentResponse> getExitEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ExitEnrollmentRequest, dev.upnext.v1.ExitEnrollmentResponse> getExitEnrollmentMethod;
    if ((getExitEnrollmentMethod = EnrollmentServiceGrpc.getExitEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getExitEnrollmentMethod = EnrollmentServiceGrpc.getExitEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getExitEnrollmentMethod = getExitEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ExitEnrollmentRequest, dev.upnext.v1.ExitEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExitEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExitEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExitEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ExitEnrollment"))
              .build();
        }
      }
    }
    return getExitEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.PauseEnrollmentRequest,
      dev.upnext.v1.PauseEnrollmentResponse> getPauseEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PauseEnrollment",
      requestType = dev.upnext.v1.PauseEnrollmentRequest.class,
      responseType = dev.upnext.v1.PauseEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.PauseEnrollmentRequest,
      dev.upnext.v1.PauseEnrollmentResponse> getPauseEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.PauseEnrollmentRequest, dev.upnext.v1.PauseEnrollmentResponse> getPauseEnrollmentMethod;
    if ((getPauseEnrollmentMethod = EnrollmentServiceGrpc.getPauseEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getPauseEnrollmentMethod = EnrollmentServiceGrpc.getPauseEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getPauseEnrollmentMethod = getPauseEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.PauseEnrollmentRequest, dev.upnext.v1.PauseEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PauseEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.PauseEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.PauseEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("PauseEnrollment"))
              .build();
        }
      }
    }
    return getPauseEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ResumeEnrollmentRequest,
      dev.upnext.v1.ResumeEnrollmentResponse> getResumeEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeEnrollment",
      requestType = dev.upnext.v1.ResumeEnrollmentRequest.class,
      responseType = dev.upnext.v1.ResumeEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ResumeEnrollmentRequest,
      dev.upnext.v1.ResumeEnrollmentResponse> getResumeEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ResumeEnrollmentRequest, dev.upnext.v1.ResumeEnrollmentResponse> getResumeEnrollmentMethod;
    if ((getResumeEnrollmentMethod = EnrollmentServiceGrpc.getResumeEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getResumeEnrollmentMethod = EnrollmentServiceGrpc.getResumeEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getResumeEnrollmentMethod = getResumeEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ResumeEnrollmentRequest, dev.upnext.v1.ResumeEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ResumeEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ResumeEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ResumeEnrollment"))
              .build();
        }
      }
    }
    return getResumeEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RetryEnrollmentRequest,
      dev.upnext.v1.RetryEnrollmentResponse> getRetryEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetryEnrollment",
      requestType = dev.upnext.v1.RetryEnrollmentRequest.class,
      responseType = dev.upnext.v1.RetryEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RetryEnrollmentRequest,
      dev.upnext.v1.RetryEnrollmentResponse> getRetryEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RetryEnrollmentRequest, dev.upnext.v1.RetryEnrollmentResponse> getRetryEnrollmentMethod;
    if ((getRetryEnrollmentMethod = EnrollmentServiceGrpc.getRetryEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getRetryEnrollmentMethod = EnrollmentServiceGrpc.getRetryEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getRetryEnrollmentMethod = getRetryEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RetryEnrollmentRequest, dev.upnext.v1.RetryEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetryEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("RetryEnrollment"))
              .build();
        }
      }
    }
    return getRetryEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.MigrateEnrollmentRequest,
      dev.upnext.v1.MigrateEnrollmentResponse> getMigrateEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MigrateEnrollment",
      requestType = dev.upnext.v1.MigrateEnrollmentRequest.class,
      responseType = dev.upnext.v1.MigrateEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.MigrateEnrollmentRequest,
      dev.upnext.v1.MigrateEnrollmentResponse> getMigrateEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.MigrateEnrollmentRequest, dev.upnext.v1.MigrateEnrollmentResponse> getMigrateEnrollmentMethod;
    if ((getMigrateEnrollmentMethod = EnrollmentServiceGrpc.getMigrateEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getMigrateEnrollmentMethod = EnrollmentServiceGrpc.getMigrateEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getMigrateEnrollmentMethod = getMigrateEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.MigrateEnrollmentRequest, dev.upnext.v1.MigrateEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MigrateEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MigrateEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MigrateEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("MigrateEnrollment"))
              .build();
        }
      }
    }
    return getMigrateEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchActOnEnrollmentsRequest,
      dev.upnext.v1.BatchActOnEnrollmentsResponse> getBatchActOnEnrollmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchActOnEnrollments",
      requestType = dev.upnext.v1.BatchActOnEnrollmentsRequest.class,
      responseType = dev.upnext.v1.BatchActOnEnrollmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchActOnEnrollmentsRequest,
      dev.upnext.v1.BatchActOnEnrollmentsResponse> getBatchActOnEnrollmentsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchActOnEnrollmentsRequest, dev.upnext.v1.BatchActOnEnrollmentsResponse> getBatchActOnEnrollmentsMethod;
    if ((getBatchActOnEnrollmentsMethod = EnrollmentServiceGrpc.getBatchActOnEnrollmentsMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getBatchActOnEnrollmentsMethod = EnrollmentServiceGrpc.getBatchActOnEnrollmentsMethod) == null) {
          EnrollmentServiceGrpc.getBatchActOnEnrollmentsMethod = getBatchActOnEnrollmentsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchActOnEnrollmentsRequest, dev.upnext.v1.BatchActOnEnrollmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchActOnEnrollments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchActOnEnrollmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchActOnEnrollmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("BatchActOnEnrollments"))
              .build();
        }
      }
    }
    return getBatchActOnEnrollmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ActOnEnrollmentsRequest,
      dev.upnext.v1.ActOnEnrollmentsResponse> getActOnEnrollmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ActOnEnrollments",
      requestType = dev.upnext.v1.ActOnEnrollmentsRequest.class,
      responseType = dev.upnext.v1.ActOnEnrollmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ActOnEnrollmentsRequest,
      dev.upnext.v1.ActOnEnrollmentsResponse> getActOnEnrollmentsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ActOnEnrollmentsRequest, dev.upnext.v1.ActOnEnrollmentsResponse> getActOnEnrollmentsMethod;
    if ((getActOnEnrollmentsMethod = EnrollmentServiceGrpc.getActOnEnrollmentsMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getActOnEnrollmentsMethod = EnrollmentServiceGrpc.getActOnEnrollmentsMethod) == null) {
          EnrollmentServiceGrpc.getActOnEnrollmentsMethod = getActOnEnrollmentsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ActOnEnrollmentsRequest, dev.upnext.v1.ActOnEnrollmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ActOnEnrollments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActOnEnrollmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ActOnEnrollmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ActOnEnrollments"))
              .build();
        }
      }
    }
    return getActOnEnrollmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.SkipWaitRequest,
      dev.upnext.v1.SkipWaitResponse> getSkipWaitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SkipWait",
      requestType = dev.upnext.v1.SkipWaitRequest.class,
      responseType = dev.upnext.v1.SkipWaitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.SkipWaitRequest,
      dev.upnext.v1.SkipWaitResponse> getSkipWaitMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.SkipWaitRequest, dev.upnext.v1.SkipWaitResponse> getSkipWaitMethod;
    if ((getSkipWaitMethod = EnrollmentServiceGrpc.getSkipWaitMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getSkipWaitMethod = EnrollmentServiceGrpc.getSkipWaitMethod) == null) {
          EnrollmentServiceGrpc.getSkipWaitMethod = getSkipWaitMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.SkipWaitRequest, dev.upnext.v1.SkipWaitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SkipWait"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SkipWaitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.SkipWaitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("SkipWait"))
              .build();
        }
      }
    }
    return getSkipWaitMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateEnrollmentRequest,
      dev.upnext.v1.UpdateEnrollmentResponse> getUpdateEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateEnrollment",
      requestType = dev.upnext.v1.UpdateEnrollmentRequest.class,
      responseType = dev.upnext.v1.UpdateEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateEnrollmentRequest,
      dev.upnext.v1.UpdateEnrollmentResponse> getUpdateEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateEnrollmentRequest, dev.upnext.v1.UpdateEnrollmentResponse> getUpdateEnrollmentMethod;
    if ((getUpdateEnrollmentMethod = EnrollmentServiceGrpc.getUpdateEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getUpdateEnrollmentMethod = EnrollmentServiceGrpc.getUpdateEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getUpdateEnrollmentMethod = getUpdateEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateEnrollmentRequest, dev.upnext.v1.UpdateEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateEnrollment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("UpdateEnrollment"))
              .build();
        }
      }
    }
    return getUpdateEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetEnrollmentRequest,
      dev.upnext.v1.GetEnrollmentResponse> getGetEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetEnrollment",
      requestType = dev.upnext.v1.GetEnrollmentRequest.class,
      responseType = dev.upnext.v1.GetEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetEnrollmentRequest,
      dev.upnext.v1.GetEnrollmentResponse> getGetEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetEnrollmentRequest, dev.upnext.v1.GetEnrollmentResponse> getGetEnrollmentMethod;
    if ((getGetEnrollmentMethod = EnrollmentServiceGrpc.getGetEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getGetEnrollmentMethod = EnrollmentServiceGrpc.getGetEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getGetEnrollmentMethod = getGetEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetEnrollmentRequest, dev.upnext.v1.GetEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetEnrollment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("GetEnrollment"))
              .build();
        }
      }
    }
    return getGetEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ExplainEnrollmentRequest,
      dev.upnext.v1.ExplainEnrollmentResponse> getExplainEnrollmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExplainEnrollment",
      requestType = dev.upnext.v1.ExplainEnrollmentRequest.class,
      responseType = dev.upnext.v1.ExplainEnrollmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ExplainEnrollmentRequest,
      dev.upnext.v1.ExplainEnrollmentResponse> getExplainEnrollmentMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ExplainEnrollmentRequest, dev.upnext.v1.ExplainEnrollmentResponse> getExplainEnrollmentMethod;
    if ((getExplainEnrollmentMethod = EnrollmentServiceGrpc.getExplainEnrollmentMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getExplainEnrollmentMethod = EnrollmentServiceGrpc.getExplainEnrollmentMethod) == null) {
          EnrollmentServiceGrpc.getExplainEnrollmentMethod = getExplainEnrollmentMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ExplainEnrollmentRequest, dev.upnext.v1.ExplainEnrollmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExplainEnrollment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExplainEnrollmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ExplainEnrollmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ExplainEnrollment"))
              .build();
        }
      }
    }
    return getExplainEnrollmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentEventsRequest,
      dev.upnext.v1.ListEnrollmentEventsResponse> getListEnrollmentEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEnrollmentEvents",
      requestType = dev.upnext.v1.ListEnrollmentEventsRequest.class,
      responseType = dev.upnext.v1.ListEnrollmentEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentEventsRequest,
      dev.upnext.v1.ListEnrollmentEventsResponse> getListEnrollmentEventsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentEventsRequest, dev.upnext.v1.ListEnrollmentEventsResponse> getListEnrollmentEventsMethod;
    if ((getListEnrollmentEventsMethod = EnrollmentServiceGrpc.getListEnrollmentEventsMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getListEnrollmentEventsMethod = EnrollmentServiceGrpc.getListEnrollmentEventsMethod) == null) {
          EnrollmentServiceGrpc.getListEnrollmentEventsMethod = getListEnrollmentEventsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListEnrollmentEventsRequest, dev.upnext.v1.ListEnrollmentEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEnrollmentEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEnrollmentEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEnrollmentEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ListEnrollmentEvents"))
              .build();
        }
      }
    }
    return getListEnrollmentEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentsRequest,
      dev.upnext.v1.ListEnrollmentsResponse> getListEnrollmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEnrollments",
      requestType = dev.upnext.v1.ListEnrollmentsRequest.class,
      responseType = dev.upnext.v1.ListEnrollmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentsRequest,
      dev.upnext.v1.ListEnrollmentsResponse> getListEnrollmentsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListEnrollmentsRequest, dev.upnext.v1.ListEnrollmentsResponse> getListEnrollmentsMethod;
    if ((getListEnrollmentsMethod = EnrollmentServiceGrpc.getListEnrollmentsMethod) == null) {
      synchronized (EnrollmentServiceGrpc.class) {
        if ((getListEnrollmentsMethod = EnrollmentServiceGrpc.getListEnrollmentsMethod) == null) {
          EnrollmentServiceGrpc.getListEnrollmentsMethod = getListEnrollmentsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListEnrollmentsRequest, dev.upnext.v1.ListEnrollmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEnrollments"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEnrollmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListEnrollmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EnrollmentServiceMethodDescriptorSupplier("ListEnrollments"))
              .build();
        }
      }
    }
    return getListEnrollmentsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EnrollmentServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceStub>() {
        @java.lang.Override
        public EnrollmentServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EnrollmentServiceStub(channel, callOptions);
        }
      };
    return EnrollmentServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EnrollmentServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceBlockingV2Stub>() {
        @java.lang.Override
        public EnrollmentServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EnrollmentServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EnrollmentServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EnrollmentServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceBlockingStub>() {
        @java.lang.Override
        public EnrollmentServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EnrollmentServiceBlockingStub(channel, callOptions);
        }
      };
    return EnrollmentServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EnrollmentServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EnrollmentServiceFutureStub>() {
        @java.lang.Override
        public EnrollmentServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EnrollmentServiceFutureStub(channel, callOptions);
        }
      };
    return EnrollmentServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Enrolls a record in a sequence by hand, on its newest revision: now or later, at the
     * first step or at another one. A salesperson enrolls their own records.
     * Precondition: The sequence is active and of the record's type; the record is active and
     * has no open enrollment in it; the sequence's `reenrollment` allows another pass.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, sequence, start step), SEQUENCE_NOT_ACTIVE,
     * RECORD_TYPE_MISMATCH, RECORD_CLOSED, ALREADY_ENROLLED, ENROLLED_BEFORE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void enrollRecord(dev.upnext.v1.EnrollRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.EnrollRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEnrollRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Enrolls up to 1,000 records like EnrollRecord, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in EnrollRecord. A
     * record that comes twice is enrolled by the first item; the second is answered
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchEnrollRecords(dev.upnext.v1.BatchEnrollRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchEnrollRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchEnrollRecordsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends an enrollment with reason MANUAL. Its open activity is canceled and its wait
     * deleted in the same transaction. A salesperson exits those of their own records.
     * Precondition: The enrollment is open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_ENDED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void exitEnrollment(dev.upnext.v1.ExitEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExitEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExitEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Pauses an enrollment with reason MANUAL. A running wait stops, and keeps its unspent
     * part. An open activity leaves the queue, and can't be completed, skipped or snoozed
     * meanwhile; it keeps its place. The enrollment still counts as open: it follows its
     * record to another owner, and it exits for the usual reasons. With `resume_time`, it is
     * resumed by itself. A salesperson pauses those of their own records.
     * Precondition: The enrollment is ACTIVE.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, FIELD_INVALID (resume_time), ENROLLMENT_ENDED,
     * ENROLLMENT_PAUSED, ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void pauseEnrollment(dev.upnext.v1.PauseEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.PauseEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPauseEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Resumes a paused enrollment. The unspent part of its wait begins now: a delay of 3 days
     * that was paused after 2 ends a day from now. Its activity is back in its place in the
     * queue, unless its snooze still lasts, or it has warnings now and the `consent_policy` is
     * SKIP: then it is skipped. A salesperson resumes those of their own records.
     * Precondition: The enrollment is PAUSED, and not with its sequence.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_PAUSED, SEQUENCE_PAUSED,
     * ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void resumeEnrollment(dev.upnext.v1.ResumeEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ResumeEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets a failed enrollment try its step again, now. It goes on from there, or fails again.
     * A salesperson retries those of their own records.
     * Precondition: The enrollment is FAILED, and its sequence isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_FAILED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_FAILED, SEQUENCE_PAUSED,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void retryEnrollment(dev.upnext.v1.RetryEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetryEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Moves an enrollment to another revision of its sequence, or to another step. At a step
     * with the same id and kind, its activity stays open, with its place, and its wait runs
     * on; if the wait is longer or shorter there, it still began when it began. At a step of
     * another kind, or at the first one, the activity is canceled or the wait ends, and that
     * step begins now. What is done stays done. A paused enrollment stays paused; a failed one
     * goes on: it tries its step as that is there, or begins the other one. Its earlier
     * activities can't be reopened. With `step_id` it begins that step, even on its own
     * revision: further on or back.
     * Precondition: The enrollment is open, and the revision has the step that is needed.
     * Repetition: The same `request_id` gets the first answer again; without one, an
     * enrollment that is on that revision stays as it is, and with `step_id` it begins that
     * step again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (revision), FIELD_INVALID (`step_id`
     * with a `step_policy`), ENROLLMENT_ENDED, STEP_GONE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void migrateEnrollment(dev.upnext.v1.MigrateEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MigrateEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMigrateEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates up to 1,000 enrollments like the calls for
     * one, in their order; each item succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in the call for one.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    default void batchActOnEnrollments(dev.upnext.v1.BatchActOnEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchActOnEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchActOnEnrollmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates all open enrollments of a sequence that
     * match a condition, or enrolls all active records that match one: an operation that works
     * in chunks, in the order of the records, and that CancelOperation stops. What is already
     * as wanted stays as it is; what is refused, like a step that is gone, counts in
     * `failed_count`, but its enrollment isn't FAILED for that. Enrollments and records that
     * begin later are left alone. PauseEnrollment is undone by ResumeEnrollment, and enrolling
     * by ExitEnrollment; an exit or a migration to other steps can't be undone. An enrollment
     * whose record is merged into another one meanwhile may be left out.
     * Precondition: The sequence isn't deleted; to enroll, it is active.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds everything as wanted.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE, CONDITION_INVALID,
     * REFERENCE_NOT_FOUND (revision), FIELD_REQUIRED, REQUEST_ID_REUSED.
     * </pre>
     */
    default void actOnEnrollments(dev.upnext.v1.ActOnEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActOnEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActOnEnrollmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends the wait that the enrollment is in. The next step begins now: an activity falls
     * due, or another wait starts. A salesperson skips those of their own records.
     * Precondition: The enrollment waits.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_WAITING, or, if the next step is a wait too, that wait is skipped as
     * well: send a `request_id` or the `etag`.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLMENT_FAILED,
     * ENROLLMENT_NOT_WAITING, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void skipWait(dev.upnext.v1.SkipWaitRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SkipWaitResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSkipWaitMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets the disposition of an enrollment: how it went, as a person judges it, before or
     * after its end. A salesperson judges those of their own records.
     * Repetition: The same `request_id` gets the first answer again; without one, the same
     * disposition again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, DISPOSITION_UNKNOWN, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateEnrollment(dev.upnext.v1.UpdateEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one enrollment. View FULL adds its newest events. A salesperson sees those of
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getEnrollment(dev.upnext.v1.GetEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Explains why an enrollment is where it is, what it waits for, when it moves by itself,
     * and what else would move it where. Changes nothing. What would follow is decided by the
     * code that does it, as if it happened now, so it is what then happens, unless something
     * changes first. A salesperson may ask for those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void explainEnrollment(dev.upnext.v1.ExplainEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainEnrollmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainEnrollmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the events of an enrollment, the oldest first unless `order_by` says otherwise. A
     * salesperson sees those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listEnrollmentEvents(dev.upnext.v1.ListEnrollmentEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEnrollmentEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists enrollments, the newest first. A salesperson sees those of their own records.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listEnrollments(dev.upnext.v1.ListEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEnrollmentsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EnrollmentService.
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public static abstract class EnrollmentServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EnrollmentServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EnrollmentService.
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public static final class EnrollmentServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EnrollmentServiceStub> {
    private EnrollmentServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EnrollmentServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EnrollmentServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enrolls a record in a sequence by hand, on its newest revision: now or later, at the
     * first step or at another one. A salesperson enrolls their own records.
     * Precondition: The sequence is active and of the record's type; the record is active and
     * has no open enrollment in it; the sequence's `reenrollment` allows another pass.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, sequence, start step), SEQUENCE_NOT_ACTIVE,
     * RECORD_TYPE_MISMATCH, RECORD_CLOSED, ALREADY_ENROLLED, ENROLLED_BEFORE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void enrollRecord(dev.upnext.v1.EnrollRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.EnrollRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEnrollRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Enrolls up to 1,000 records like EnrollRecord, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in EnrollRecord. A
     * record that comes twice is enrolled by the first item; the second is answered
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchEnrollRecords(dev.upnext.v1.BatchEnrollRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchEnrollRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchEnrollRecordsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends an enrollment with reason MANUAL. Its open activity is canceled and its wait
     * deleted in the same transaction. A salesperson exits those of their own records.
     * Precondition: The enrollment is open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_ENDED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void exitEnrollment(dev.upnext.v1.ExitEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExitEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExitEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Pauses an enrollment with reason MANUAL. A running wait stops, and keeps its unspent
     * part. An open activity leaves the queue, and can't be completed, skipped or snoozed
     * meanwhile; it keeps its place. The enrollment still counts as open: it follows its
     * record to another owner, and it exits for the usual reasons. With `resume_time`, it is
     * resumed by itself. A salesperson pauses those of their own records.
     * Precondition: The enrollment is ACTIVE.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, FIELD_INVALID (resume_time), ENROLLMENT_ENDED,
     * ENROLLMENT_PAUSED, ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void pauseEnrollment(dev.upnext.v1.PauseEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.PauseEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPauseEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Resumes a paused enrollment. The unspent part of its wait begins now: a delay of 3 days
     * that was paused after 2 ends a day from now. Its activity is back in its place in the
     * queue, unless its snooze still lasts, or it has warnings now and the `consent_policy` is
     * SKIP: then it is skipped. A salesperson resumes those of their own records.
     * Precondition: The enrollment is PAUSED, and not with its sequence.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_PAUSED, SEQUENCE_PAUSED,
     * ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void resumeEnrollment(dev.upnext.v1.ResumeEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ResumeEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets a failed enrollment try its step again, now. It goes on from there, or fails again.
     * A salesperson retries those of their own records.
     * Precondition: The enrollment is FAILED, and its sequence isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_FAILED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_FAILED, SEQUENCE_PAUSED,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void retryEnrollment(dev.upnext.v1.RetryEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetryEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Moves an enrollment to another revision of its sequence, or to another step. At a step
     * with the same id and kind, its activity stays open, with its place, and its wait runs
     * on; if the wait is longer or shorter there, it still began when it began. At a step of
     * another kind, or at the first one, the activity is canceled or the wait ends, and that
     * step begins now. What is done stays done. A paused enrollment stays paused; a failed one
     * goes on: it tries its step as that is there, or begins the other one. Its earlier
     * activities can't be reopened. With `step_id` it begins that step, even on its own
     * revision: further on or back.
     * Precondition: The enrollment is open, and the revision has the step that is needed.
     * Repetition: The same `request_id` gets the first answer again; without one, an
     * enrollment that is on that revision stays as it is, and with `step_id` it begins that
     * step again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (revision), FIELD_INVALID (`step_id`
     * with a `step_policy`), ENROLLMENT_ENDED, STEP_GONE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void migrateEnrollment(dev.upnext.v1.MigrateEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MigrateEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMigrateEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates up to 1,000 enrollments like the calls for
     * one, in their order; each item succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in the call for one.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public void batchActOnEnrollments(dev.upnext.v1.BatchActOnEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchActOnEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchActOnEnrollmentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates all open enrollments of a sequence that
     * match a condition, or enrolls all active records that match one: an operation that works
     * in chunks, in the order of the records, and that CancelOperation stops. What is already
     * as wanted stays as it is; what is refused, like a step that is gone, counts in
     * `failed_count`, but its enrollment isn't FAILED for that. Enrollments and records that
     * begin later are left alone. PauseEnrollment is undone by ResumeEnrollment, and enrolling
     * by ExitEnrollment; an exit or a migration to other steps can't be undone. An enrollment
     * whose record is merged into another one meanwhile may be left out.
     * Precondition: The sequence isn't deleted; to enroll, it is active.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds everything as wanted.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE, CONDITION_INVALID,
     * REFERENCE_NOT_FOUND (revision), FIELD_REQUIRED, REQUEST_ID_REUSED.
     * </pre>
     */
    public void actOnEnrollments(dev.upnext.v1.ActOnEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ActOnEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActOnEnrollmentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends the wait that the enrollment is in. The next step begins now: an activity falls
     * due, or another wait starts. A salesperson skips those of their own records.
     * Precondition: The enrollment waits.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_WAITING, or, if the next step is a wait too, that wait is skipped as
     * well: send a `request_id` or the `etag`.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLMENT_FAILED,
     * ENROLLMENT_NOT_WAITING, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void skipWait(dev.upnext.v1.SkipWaitRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.SkipWaitResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSkipWaitMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets the disposition of an enrollment: how it went, as a person judges it, before or
     * after its end. A salesperson judges those of their own records.
     * Repetition: The same `request_id` gets the first answer again; without one, the same
     * disposition again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, DISPOSITION_UNKNOWN, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateEnrollment(dev.upnext.v1.UpdateEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one enrollment. View FULL adds its newest events. A salesperson sees those of
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getEnrollment(dev.upnext.v1.GetEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Explains why an enrollment is where it is, what it waits for, when it moves by itself,
     * and what else would move it where. Changes nothing. What would follow is decided by the
     * code that does it, as if it happened now, so it is what then happens, unless something
     * changes first. A salesperson may ask for those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void explainEnrollment(dev.upnext.v1.ExplainEnrollmentRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainEnrollmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainEnrollmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the events of an enrollment, the oldest first unless `order_by` says otherwise. A
     * salesperson sees those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listEnrollmentEvents(dev.upnext.v1.ListEnrollmentEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEnrollmentEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists enrollments, the newest first. A salesperson sees those of their own records.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listEnrollments(dev.upnext.v1.ListEnrollmentsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEnrollmentsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EnrollmentService.
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public static final class EnrollmentServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EnrollmentServiceBlockingV2Stub> {
    private EnrollmentServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EnrollmentServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EnrollmentServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Enrolls a record in a sequence by hand, on its newest revision: now or later, at the
     * first step or at another one. A salesperson enrolls their own records.
     * Precondition: The sequence is active and of the record's type; the record is active and
     * has no open enrollment in it; the sequence's `reenrollment` allows another pass.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, sequence, start step), SEQUENCE_NOT_ACTIVE,
     * RECORD_TYPE_MISMATCH, RECORD_CLOSED, ALREADY_ENROLLED, ENROLLED_BEFORE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.EnrollRecordResponse enrollRecord(dev.upnext.v1.EnrollRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEnrollRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Enrolls up to 1,000 records like EnrollRecord, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in EnrollRecord. A
     * record that comes twice is enrolled by the first item; the second is answered
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchEnrollRecordsResponse batchEnrollRecords(dev.upnext.v1.BatchEnrollRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchEnrollRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends an enrollment with reason MANUAL. Its open activity is canceled and its wait
     * deleted in the same transaction. A salesperson exits those of their own records.
     * Precondition: The enrollment is open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_ENDED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ExitEnrollmentResponse exitEnrollment(dev.upnext.v1.ExitEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExitEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses an enrollment with reason MANUAL. A running wait stops, and keeps its unspent
     * part. An open activity leaves the queue, and can't be completed, skipped or snoozed
     * meanwhile; it keeps its place. The enrollment still counts as open: it follows its
     * record to another owner, and it exits for the usual reasons. With `resume_time`, it is
     * resumed by itself. A salesperson pauses those of their own records.
     * Precondition: The enrollment is ACTIVE.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, FIELD_INVALID (resume_time), ENROLLMENT_ENDED,
     * ENROLLMENT_PAUSED, ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.PauseEnrollmentResponse pauseEnrollment(dev.upnext.v1.PauseEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPauseEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Resumes a paused enrollment. The unspent part of its wait begins now: a delay of 3 days
     * that was paused after 2 ends a day from now. Its activity is back in its place in the
     * queue, unless its snooze still lasts, or it has warnings now and the `consent_policy` is
     * SKIP: then it is skipped. A salesperson resumes those of their own records.
     * Precondition: The enrollment is PAUSED, and not with its sequence.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_PAUSED, SEQUENCE_PAUSED,
     * ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ResumeEnrollmentResponse resumeEnrollment(dev.upnext.v1.ResumeEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a failed enrollment try its step again, now. It goes on from there, or fails again.
     * A salesperson retries those of their own records.
     * Precondition: The enrollment is FAILED, and its sequence isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_FAILED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_FAILED, SEQUENCE_PAUSED,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryEnrollmentResponse retryEnrollment(dev.upnext.v1.RetryEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetryEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves an enrollment to another revision of its sequence, or to another step. At a step
     * with the same id and kind, its activity stays open, with its place, and its wait runs
     * on; if the wait is longer or shorter there, it still began when it began. At a step of
     * another kind, or at the first one, the activity is canceled or the wait ends, and that
     * step begins now. What is done stays done. A paused enrollment stays paused; a failed one
     * goes on: it tries its step as that is there, or begins the other one. Its earlier
     * activities can't be reopened. With `step_id` it begins that step, even on its own
     * revision: further on or back.
     * Precondition: The enrollment is open, and the revision has the step that is needed.
     * Repetition: The same `request_id` gets the first answer again; without one, an
     * enrollment that is on that revision stays as it is, and with `step_id` it begins that
     * step again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (revision), FIELD_INVALID (`step_id`
     * with a `step_policy`), ENROLLMENT_ENDED, STEP_GONE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MigrateEnrollmentResponse migrateEnrollment(dev.upnext.v1.MigrateEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMigrateEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates up to 1,000 enrollments like the calls for
     * one, in their order; each item succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in the call for one.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchActOnEnrollmentsResponse batchActOnEnrollments(dev.upnext.v1.BatchActOnEnrollmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchActOnEnrollmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates all open enrollments of a sequence that
     * match a condition, or enrolls all active records that match one: an operation that works
     * in chunks, in the order of the records, and that CancelOperation stops. What is already
     * as wanted stays as it is; what is refused, like a step that is gone, counts in
     * `failed_count`, but its enrollment isn't FAILED for that. Enrollments and records that
     * begin later are left alone. PauseEnrollment is undone by ResumeEnrollment, and enrolling
     * by ExitEnrollment; an exit or a migration to other steps can't be undone. An enrollment
     * whose record is merged into another one meanwhile may be left out.
     * Precondition: The sequence isn't deleted; to enroll, it is active.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds everything as wanted.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE, CONDITION_INVALID,
     * REFERENCE_NOT_FOUND (revision), FIELD_REQUIRED, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ActOnEnrollmentsResponse actOnEnrollments(dev.upnext.v1.ActOnEnrollmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActOnEnrollmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the wait that the enrollment is in. The next step begins now: an activity falls
     * due, or another wait starts. A salesperson skips those of their own records.
     * Precondition: The enrollment waits.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_WAITING, or, if the next step is a wait too, that wait is skipped as
     * well: send a `request_id` or the `etag`.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLMENT_FAILED,
     * ENROLLMENT_NOT_WAITING, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SkipWaitResponse skipWait(dev.upnext.v1.SkipWaitRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSkipWaitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the disposition of an enrollment: how it went, as a person judges it, before or
     * after its end. A salesperson judges those of their own records.
     * Repetition: The same `request_id` gets the first answer again; without one, the same
     * disposition again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, DISPOSITION_UNKNOWN, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateEnrollmentResponse updateEnrollment(dev.upnext.v1.UpdateEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one enrollment. View FULL adds its newest events. A salesperson sees those of
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetEnrollmentResponse getEnrollment(dev.upnext.v1.GetEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Explains why an enrollment is where it is, what it waits for, when it moves by itself,
     * and what else would move it where. Changes nothing. What would follow is decided by the
     * code that does it, as if it happened now, so it is what then happens, unless something
     * changes first. A salesperson may ask for those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ExplainEnrollmentResponse explainEnrollment(dev.upnext.v1.ExplainEnrollmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events of an enrollment, the oldest first unless `order_by` says otherwise. A
     * salesperson sees those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListEnrollmentEventsResponse listEnrollmentEvents(dev.upnext.v1.ListEnrollmentEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEnrollmentEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists enrollments, the newest first. A salesperson sees those of their own records.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListEnrollmentsResponse listEnrollments(dev.upnext.v1.ListEnrollmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEnrollmentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EnrollmentService.
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public static final class EnrollmentServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EnrollmentServiceBlockingStub> {
    private EnrollmentServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EnrollmentServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EnrollmentServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enrolls a record in a sequence by hand, on its newest revision: now or later, at the
     * first step or at another one. A salesperson enrolls their own records.
     * Precondition: The sequence is active and of the record's type; the record is active and
     * has no open enrollment in it; the sequence's `reenrollment` allows another pass.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, sequence, start step), SEQUENCE_NOT_ACTIVE,
     * RECORD_TYPE_MISMATCH, RECORD_CLOSED, ALREADY_ENROLLED, ENROLLED_BEFORE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.EnrollRecordResponse enrollRecord(dev.upnext.v1.EnrollRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEnrollRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Enrolls up to 1,000 records like EnrollRecord, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in EnrollRecord. A
     * record that comes twice is enrolled by the first item; the second is answered
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchEnrollRecordsResponse batchEnrollRecords(dev.upnext.v1.BatchEnrollRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchEnrollRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends an enrollment with reason MANUAL. Its open activity is canceled and its wait
     * deleted in the same transaction. A salesperson exits those of their own records.
     * Precondition: The enrollment is open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_ENDED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ExitEnrollmentResponse exitEnrollment(dev.upnext.v1.ExitEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExitEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses an enrollment with reason MANUAL. A running wait stops, and keeps its unspent
     * part. An open activity leaves the queue, and can't be completed, skipped or snoozed
     * meanwhile; it keeps its place. The enrollment still counts as open: it follows its
     * record to another owner, and it exits for the usual reasons. With `resume_time`, it is
     * resumed by itself. A salesperson pauses those of their own records.
     * Precondition: The enrollment is ACTIVE.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, FIELD_INVALID (resume_time), ENROLLMENT_ENDED,
     * ENROLLMENT_PAUSED, ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.PauseEnrollmentResponse pauseEnrollment(dev.upnext.v1.PauseEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPauseEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Resumes a paused enrollment. The unspent part of its wait begins now: a delay of 3 days
     * that was paused after 2 ends a day from now. Its activity is back in its place in the
     * queue, unless its snooze still lasts, or it has warnings now and the `consent_policy` is
     * SKIP: then it is skipped. A salesperson resumes those of their own records.
     * Precondition: The enrollment is PAUSED, and not with its sequence.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_PAUSED, SEQUENCE_PAUSED,
     * ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ResumeEnrollmentResponse resumeEnrollment(dev.upnext.v1.ResumeEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a failed enrollment try its step again, now. It goes on from there, or fails again.
     * A salesperson retries those of their own records.
     * Precondition: The enrollment is FAILED, and its sequence isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_FAILED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_FAILED, SEQUENCE_PAUSED,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryEnrollmentResponse retryEnrollment(dev.upnext.v1.RetryEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetryEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves an enrollment to another revision of its sequence, or to another step. At a step
     * with the same id and kind, its activity stays open, with its place, and its wait runs
     * on; if the wait is longer or shorter there, it still began when it began. At a step of
     * another kind, or at the first one, the activity is canceled or the wait ends, and that
     * step begins now. What is done stays done. A paused enrollment stays paused; a failed one
     * goes on: it tries its step as that is there, or begins the other one. Its earlier
     * activities can't be reopened. With `step_id` it begins that step, even on its own
     * revision: further on or back.
     * Precondition: The enrollment is open, and the revision has the step that is needed.
     * Repetition: The same `request_id` gets the first answer again; without one, an
     * enrollment that is on that revision stays as it is, and with `step_id` it begins that
     * step again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (revision), FIELD_INVALID (`step_id`
     * with a `step_policy`), ENROLLMENT_ENDED, STEP_GONE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MigrateEnrollmentResponse migrateEnrollment(dev.upnext.v1.MigrateEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMigrateEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates up to 1,000 enrollments like the calls for
     * one, in their order; each item succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in the call for one.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchActOnEnrollmentsResponse batchActOnEnrollments(dev.upnext.v1.BatchActOnEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchActOnEnrollmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates all open enrollments of a sequence that
     * match a condition, or enrolls all active records that match one: an operation that works
     * in chunks, in the order of the records, and that CancelOperation stops. What is already
     * as wanted stays as it is; what is refused, like a step that is gone, counts in
     * `failed_count`, but its enrollment isn't FAILED for that. Enrollments and records that
     * begin later are left alone. PauseEnrollment is undone by ResumeEnrollment, and enrolling
     * by ExitEnrollment; an exit or a migration to other steps can't be undone. An enrollment
     * whose record is merged into another one meanwhile may be left out.
     * Precondition: The sequence isn't deleted; to enroll, it is active.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds everything as wanted.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE, CONDITION_INVALID,
     * REFERENCE_NOT_FOUND (revision), FIELD_REQUIRED, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ActOnEnrollmentsResponse actOnEnrollments(dev.upnext.v1.ActOnEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActOnEnrollmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the wait that the enrollment is in. The next step begins now: an activity falls
     * due, or another wait starts. A salesperson skips those of their own records.
     * Precondition: The enrollment waits.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_WAITING, or, if the next step is a wait too, that wait is skipped as
     * well: send a `request_id` or the `etag`.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLMENT_FAILED,
     * ENROLLMENT_NOT_WAITING, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.SkipWaitResponse skipWait(dev.upnext.v1.SkipWaitRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSkipWaitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the disposition of an enrollment: how it went, as a person judges it, before or
     * after its end. A salesperson judges those of their own records.
     * Repetition: The same `request_id` gets the first answer again; without one, the same
     * disposition again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, DISPOSITION_UNKNOWN, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateEnrollmentResponse updateEnrollment(dev.upnext.v1.UpdateEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one enrollment. View FULL adds its newest events. A salesperson sees those of
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetEnrollmentResponse getEnrollment(dev.upnext.v1.GetEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Explains why an enrollment is where it is, what it waits for, when it moves by itself,
     * and what else would move it where. Changes nothing. What would follow is decided by the
     * code that does it, as if it happened now, so it is what then happens, unless something
     * changes first. A salesperson may ask for those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.ExplainEnrollmentResponse explainEnrollment(dev.upnext.v1.ExplainEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainEnrollmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events of an enrollment, the oldest first unless `order_by` says otherwise. A
     * salesperson sees those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListEnrollmentEventsResponse listEnrollmentEvents(dev.upnext.v1.ListEnrollmentEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEnrollmentEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists enrollments, the newest first. A salesperson sees those of their own records.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListEnrollmentsResponse listEnrollments(dev.upnext.v1.ListEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEnrollmentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EnrollmentService.
   * <pre>
   * Enrollments: records on their way through sequences. A salesperson sees and acts on those of
   * their own records. Each Errors line lists the errors particular to its call; ErrorReason lists
   * those of any call.
   * </pre>
   */
  public static final class EnrollmentServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EnrollmentServiceFutureStub> {
    private EnrollmentServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EnrollmentServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EnrollmentServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enrolls a record in a sequence by hand, on its newest revision: now or later, at the
     * first step or at another one. A salesperson enrolls their own records.
     * Precondition: The sequence is active and of the record's type; the record is active and
     * has no open enrollment in it; the sequence's `reenrollment` allows another pass.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: REFERENCE_NOT_FOUND (record, sequence, start step), SEQUENCE_NOT_ACTIVE,
     * RECORD_TYPE_MISMATCH, RECORD_CLOSED, ALREADY_ENROLLED, ENROLLED_BEFORE,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.EnrollRecordResponse> enrollRecord(
        dev.upnext.v1.EnrollRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEnrollRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Enrolls up to 1,000 records like EnrollRecord, in their order; each item succeeds or
     * fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in EnrollRecord. A
     * record that comes twice is enrolled by the first item; the second is answered
     * ALREADY_ENROLLED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchEnrollRecordsResponse> batchEnrollRecords(
        dev.upnext.v1.BatchEnrollRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchEnrollRecordsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends an enrollment with reason MANUAL. Its open activity is canceled and its wait
     * deleted in the same transaction. A salesperson exits those of their own records.
     * Precondition: The enrollment is open.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_ENDED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ExitEnrollmentResponse> exitEnrollment(
        dev.upnext.v1.ExitEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExitEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Pauses an enrollment with reason MANUAL. A running wait stops, and keeps its unspent
     * part. An open activity leaves the queue, and can't be completed, skipped or snoozed
     * meanwhile; it keeps its place. The enrollment still counts as open: it follows its
     * record to another owner, and it exits for the usual reasons. With `resume_time`, it is
     * resumed by itself. A salesperson pauses those of their own records.
     * Precondition: The enrollment is ACTIVE.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, FIELD_INVALID (resume_time), ENROLLMENT_ENDED,
     * ENROLLMENT_PAUSED, ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.PauseEnrollmentResponse> pauseEnrollment(
        dev.upnext.v1.PauseEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPauseEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Resumes a paused enrollment. The unspent part of its wait begins now: a delay of 3 days
     * that was paused after 2 ends a day from now. Its activity is back in its place in the
     * queue, unless its snooze still lasts, or it has warnings now and the `consent_policy` is
     * SKIP: then it is skipped. A salesperson resumes those of their own records.
     * Precondition: The enrollment is PAUSED, and not with its sequence.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_PAUSED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_PAUSED, SEQUENCE_PAUSED,
     * ENROLLMENT_FAILED, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ResumeEnrollmentResponse> resumeEnrollment(
        dev.upnext.v1.ResumeEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets a failed enrollment try its step again, now. It goes on from there, or fails again.
     * A salesperson retries those of their own records.
     * Precondition: The enrollment is FAILED, and its sequence isn't paused.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_FAILED.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_NOT_FAILED, SEQUENCE_PAUSED,
     * ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RetryEnrollmentResponse> retryEnrollment(
        dev.upnext.v1.RetryEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetryEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Moves an enrollment to another revision of its sequence, or to another step. At a step
     * with the same id and kind, its activity stays open, with its place, and its wait runs
     * on; if the wait is longer or shorter there, it still began when it began. At a step of
     * another kind, or at the first one, the activity is canceled or the wait ends, and that
     * step begins now. What is done stays done. A paused enrollment stays paused; a failed one
     * goes on: it tries its step as that is there, or begins the other one. Its earlier
     * activities can't be reopened. With `step_id` it begins that step, even on its own
     * revision: further on or back.
     * Precondition: The enrollment is open, and the revision has the step that is needed.
     * Repetition: The same `request_id` gets the first answer again; without one, an
     * enrollment that is on that revision stays as it is, and with `step_id` it begins that
     * step again.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, REFERENCE_NOT_FOUND (revision), FIELD_INVALID (`step_id`
     * with a `step_policy`), ENROLLMENT_ENDED, STEP_GONE, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.MigrateEnrollmentResponse> migrateEnrollment(
        dev.upnext.v1.MigrateEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMigrateEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates up to 1,000 enrollments like the calls for
     * one, in their order; each item succeeds or fails by itself.
     * Repetition: Each item has its own `request_id`, which counts as in the call for one.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchActOnEnrollmentsResponse> batchActOnEnrollments(
        dev.upnext.v1.BatchActOnEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchActOnEnrollmentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Pauses, resumes, retries, exits or migrates all open enrollments of a sequence that
     * match a condition, or enrolls all active records that match one: an operation that works
     * in chunks, in the order of the records, and that CancelOperation stops. What is already
     * as wanted stays as it is; what is refused, like a step that is gone, counts in
     * `failed_count`, but its enrollment isn't FAILED for that. Enrollments and records that
     * begin later are left alone. PauseEnrollment is undone by ResumeEnrollment, and enrolling
     * by ExitEnrollment; an exit or a migration to other steps can't be undone. An enrollment
     * whose record is merged into another one meanwhile may be left out.
     * Precondition: The sequence isn't deleted; to enroll, it is active.
     * Repetition: The same `request_id` gets the first answer again; without one, another
     * operation is queued, which finds everything as wanted.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_DELETED, SEQUENCE_NOT_ACTIVE, CONDITION_INVALID,
     * REFERENCE_NOT_FOUND (revision), FIELD_REQUIRED, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ActOnEnrollmentsResponse> actOnEnrollments(
        dev.upnext.v1.ActOnEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActOnEnrollmentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends the wait that the enrollment is in. The next step begins now: an activity falls
     * due, or another wait starts. A salesperson skips those of their own records.
     * Precondition: The enrollment waits.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * ENROLLMENT_NOT_WAITING, or, if the next step is a wait too, that wait is skipped as
     * well: send a `request_id` or the `etag`.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ENROLLMENT_ENDED, ENROLLMENT_PAUSED, ENROLLMENT_FAILED,
     * ENROLLMENT_NOT_WAITING, ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.SkipWaitResponse> skipWait(
        dev.upnext.v1.SkipWaitRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSkipWaitMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets the disposition of an enrollment: how it went, as a person judges it, before or
     * after its end. A salesperson judges those of their own records.
     * Repetition: The same `request_id` gets the first answer again; without one, the same
     * disposition again changes nothing.
     * Roles: system_administrator, sequence_manager, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, ETAG_MISMATCH, DISPOSITION_UNKNOWN, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateEnrollmentResponse> updateEnrollment(
        dev.upnext.v1.UpdateEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one enrollment. View FULL adds its newest events. A salesperson sees those of
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetEnrollmentResponse> getEnrollment(
        dev.upnext.v1.GetEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Explains why an enrollment is where it is, what it waits for, when it moves by itself,
     * and what else would move it where. Changes nothing. What would follow is decided by the
     * code that does it, as if it happened now, so it is what then happens, unless something
     * changes first. A salesperson may ask for those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ExplainEnrollmentResponse> explainEnrollment(
        dev.upnext.v1.ExplainEnrollmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainEnrollmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the events of an enrollment, the oldest first unless `order_by` says otherwise. A
     * salesperson sees those of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListEnrollmentEventsResponse> listEnrollmentEvents(
        dev.upnext.v1.ListEnrollmentEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEnrollmentEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists enrollments, the newest first. A salesperson sees those of their own records.
     * Roles: any.
     * Errors: CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListEnrollmentsResponse> listEnrollments(
        dev.upnext.v1.ListEnrollmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEnrollmentsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ENROLL_RECORD = 0;
  private static final int METHODID_BATCH_ENROLL_RECORDS = 1;
  private static final int METHODID_EXIT_ENROLLMENT = 2;
  private static final int METHODID_PAUSE_ENROLLMENT = 3;
  private static final int METHODID_RESUME_ENROLLMENT = 4;
  private static final int METHODID_RETRY_ENROLLMENT = 5;
  private static final int METHODID_MIGRATE_ENROLLMENT = 6;
  private static final int METHODID_BATCH_ACT_ON_ENROLLMENTS = 7;
  private static final int METHODID_ACT_ON_ENROLLMENTS = 8;
  private static final int METHODID_SKIP_WAIT = 9;
  private static final int METHODID_UPDATE_ENROLLMENT = 10;
  private static final int METHODID_GET_ENROLLMENT = 11;
  private static final int METHODID_EXPLAIN_ENROLLMENT = 12;
  private static final int METHODID_LIST_ENROLLMENT_EVENTS = 13;
  private static final int METHODID_LIST_ENROLLMENTS = 14;

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
        case METHODID_ENROLL_RECORD:
          serviceImpl.enrollRecord((dev.upnext.v1.EnrollRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.EnrollRecordResponse>) responseObserver);
          break;
        case METHODID_BATCH_ENROLL_RECORDS:
          serviceImpl.batchEnrollRecords((dev.upnext.v1.BatchEnrollRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchEnrollRecordsResponse>) responseObserver);
          break;
        case METHODID_EXIT_ENROLLMENT:
          serviceImpl.exitEnrollment((dev.upnext.v1.ExitEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ExitEnrollmentResponse>) responseObserver);
          break;
        case METHODID_PAUSE_ENROLLMENT:
          serviceImpl.pauseEnrollment((dev.upnext.v1.PauseEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.PauseEnrollmentResponse>) responseObserver);
          break;
        case METHODID_RESUME_ENROLLMENT:
          serviceImpl.resumeEnrollment((dev.upnext.v1.ResumeEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ResumeEnrollmentResponse>) responseObserver);
          break;
        case METHODID_RETRY_ENROLLMENT:
          serviceImpl.retryEnrollment((dev.upnext.v1.RetryEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RetryEnrollmentResponse>) responseObserver);
          break;
        case METHODID_MIGRATE_ENROLLMENT:
          serviceImpl.migrateEnrollment((dev.upnext.v1.MigrateEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.MigrateEnrollmentResponse>) responseObserver);
          break;
        case METHODID_BATCH_ACT_ON_ENROLLMENTS:
          serviceImpl.batchActOnEnrollments((dev.upnext.v1.BatchActOnEnrollmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchActOnEnrollmentsResponse>) responseObserver);
          break;
        case METHODID_ACT_ON_ENROLLMENTS:
          serviceImpl.actOnEnrollments((dev.upnext.v1.ActOnEnrollmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ActOnEnrollmentsResponse>) responseObserver);
          break;
        case METHODID_SKIP_WAIT:
          serviceImpl.skipWait((dev.upnext.v1.SkipWaitRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.SkipWaitResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ENROLLMENT:
          serviceImpl.updateEnrollment((dev.upnext.v1.UpdateEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateEnrollmentResponse>) responseObserver);
          break;
        case METHODID_GET_ENROLLMENT:
          serviceImpl.getEnrollment((dev.upnext.v1.GetEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetEnrollmentResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN_ENROLLMENT:
          serviceImpl.explainEnrollment((dev.upnext.v1.ExplainEnrollmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ExplainEnrollmentResponse>) responseObserver);
          break;
        case METHODID_LIST_ENROLLMENT_EVENTS:
          serviceImpl.listEnrollmentEvents((dev.upnext.v1.ListEnrollmentEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentEventsResponse>) responseObserver);
          break;
        case METHODID_LIST_ENROLLMENTS:
          serviceImpl.listEnrollments((dev.upnext.v1.ListEnrollmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListEnrollmentsResponse>) responseObserver);
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
          getEnrollRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.EnrollRecordRequest,
              dev.upnext.v1.EnrollRecordResponse>(
                service, METHODID_ENROLL_RECORD)))
        .addMethod(
          getBatchEnrollRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchEnrollRecordsRequest,
              dev.upnext.v1.BatchEnrollRecordsResponse>(
                service, METHODID_BATCH_ENROLL_RECORDS)))
        .addMethod(
          getExitEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ExitEnrollmentRequest,
              dev.upnext.v1.ExitEnrollmentResponse>(
                service, METHODID_EXIT_ENROLLMENT)))
        .addMethod(
          getPauseEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.PauseEnrollmentRequest,
              dev.upnext.v1.PauseEnrollmentResponse>(
                service, METHODID_PAUSE_ENROLLMENT)))
        .addMethod(
          getResumeEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ResumeEnrollmentRequest,
              dev.upnext.v1.ResumeEnrollmentResponse>(
                service, METHODID_RESUME_ENROLLMENT)))
        .addMethod(
          getRetryEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RetryEnrollmentRequest,
              dev.upnext.v1.RetryEnrollmentResponse>(
                service, METHODID_RETRY_ENROLLMENT)))
        .addMethod(
          getMigrateEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.MigrateEnrollmentRequest,
              dev.upnext.v1.MigrateEnrollmentResponse>(
                service, METHODID_MIGRATE_ENROLLMENT)))
        .addMethod(
          getBatchActOnEnrollmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchActOnEnrollmentsRequest,
              dev.upnext.v1.BatchActOnEnrollmentsResponse>(
                service, METHODID_BATCH_ACT_ON_ENROLLMENTS)))
        .addMethod(
          getActOnEnrollmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ActOnEnrollmentsRequest,
              dev.upnext.v1.ActOnEnrollmentsResponse>(
                service, METHODID_ACT_ON_ENROLLMENTS)))
        .addMethod(
          getSkipWaitMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.SkipWaitRequest,
              dev.upnext.v1.SkipWaitResponse>(
                service, METHODID_SKIP_WAIT)))
        .addMethod(
          getUpdateEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateEnrollmentRequest,
              dev.upnext.v1.UpdateEnrollmentResponse>(
                service, METHODID_UPDATE_ENROLLMENT)))
        .addMethod(
          getGetEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetEnrollmentRequest,
              dev.upnext.v1.GetEnrollmentResponse>(
                service, METHODID_GET_ENROLLMENT)))
        .addMethod(
          getExplainEnrollmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ExplainEnrollmentRequest,
              dev.upnext.v1.ExplainEnrollmentResponse>(
                service, METHODID_EXPLAIN_ENROLLMENT)))
        .addMethod(
          getListEnrollmentEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListEnrollmentEventsRequest,
              dev.upnext.v1.ListEnrollmentEventsResponse>(
                service, METHODID_LIST_ENROLLMENT_EVENTS)))
        .addMethod(
          getListEnrollmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListEnrollmentsRequest,
              dev.upnext.v1.ListEnrollmentsResponse>(
                service, METHODID_LIST_ENROLLMENTS)))
        .build();
  }

  private static abstract class EnrollmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EnrollmentServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.EnrollmentServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EnrollmentService");
    }
  }

  private static final class EnrollmentServiceFileDescriptorSupplier
      extends EnrollmentServiceBaseDescriptorSupplier {
    EnrollmentServiceFileDescriptorSupplier() {}
  }

  private static final class EnrollmentServiceMethodDescriptorSupplier
      extends EnrollmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EnrollmentServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (EnrollmentServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EnrollmentServiceFileDescriptorSupplier())
              .addMethod(getEnrollRecordMethod())
              .addMethod(getBatchEnrollRecordsMethod())
              .addMethod(getExitEnrollmentMethod())
              .addMethod(getPauseEnrollmentMethod())
              .addMethod(getResumeEnrollmentMethod())
              .addMethod(getRetryEnrollmentMethod())
              .addMethod(getMigrateEnrollmentMethod())
              .addMethod(getBatchActOnEnrollmentsMethod())
              .addMethod(getActOnEnrollmentsMethod())
              .addMethod(getSkipWaitMethod())
              .addMethod(getUpdateEnrollmentMethod())
              .addMethod(getGetEnrollmentMethod())
              .addMethod(getExplainEnrollmentMethod())
              .addMethod(getListEnrollmentEventsMethod())
              .addMethod(getListEnrollmentsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
