package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Record types and the CRM's records. Each Errors line lists the errors particular to its
 * call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RecordServiceGrpc {

  private RecordServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.RecordService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CreateRecordTypeRequest,
      dev.upnext.v1.CreateRecordTypeResponse> getCreateRecordTypeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateRecordType",
      requestType = dev.upnext.v1.CreateRecordTypeRequest.class,
      responseType = dev.upnext.v1.CreateRecordTypeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CreateRecordTypeRequest,
      dev.upnext.v1.CreateRecordTypeResponse> getCreateRecordTypeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CreateRecordTypeRequest, dev.upnext.v1.CreateRecordTypeResponse> getCreateRecordTypeMethod;
    if ((getCreateRecordTypeMethod = RecordServiceGrpc.getCreateRecordTypeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getCreateRecordTypeMethod = RecordServiceGrpc.getCreateRecordTypeMethod) == null) {
          RecordServiceGrpc.getCreateRecordTypeMethod = getCreateRecordTypeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CreateRecordTypeRequest, dev.upnext.v1.CreateRecordTypeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateRecordType"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateRecordTypeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CreateRecordTypeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("CreateRecordType"))
              .build();
        }
      }
    }
    return getCreateRecordTypeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordTypeRequest,
      dev.upnext.v1.GetRecordTypeResponse> getGetRecordTypeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRecordType",
      requestType = dev.upnext.v1.GetRecordTypeRequest.class,
      responseType = dev.upnext.v1.GetRecordTypeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordTypeRequest,
      dev.upnext.v1.GetRecordTypeResponse> getGetRecordTypeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordTypeRequest, dev.upnext.v1.GetRecordTypeResponse> getGetRecordTypeMethod;
    if ((getGetRecordTypeMethod = RecordServiceGrpc.getGetRecordTypeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getGetRecordTypeMethod = RecordServiceGrpc.getGetRecordTypeMethod) == null) {
          RecordServiceGrpc.getGetRecordTypeMethod = getGetRecordTypeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetRecordTypeRequest, dev.upnext.v1.GetRecordTypeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRecordType"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetRecordTypeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetRecordTypeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("GetRecordType"))
              .build();
        }
      }
    }
    return getGetRecordTypeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordTypesRequest,
      dev.upnext.v1.ListRecordTypesResponse> getListRecordTypesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRecordTypes",
      requestType = dev.upnext.v1.ListRecordTypesRequest.class,
      responseType = dev.upnext.v1.ListRecordTypesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordTypesRequest,
      dev.upnext.v1.ListRecordTypesResponse> getListRecordTypesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordTypesRequest, dev.upnext.v1.ListRecordTypesResponse> getListRecordTypesMethod;
    if ((getListRecordTypesMethod = RecordServiceGrpc.getListRecordTypesMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getListRecordTypesMethod = RecordServiceGrpc.getListRecordTypesMethod) == null) {
          RecordServiceGrpc.getListRecordTypesMethod = getListRecordTypesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListRecordTypesRequest, dev.upnext.v1.ListRecordTypesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRecordTypes"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordTypesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordTypesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("ListRecordTypes"))
              .build();
        }
      }
    }
    return getListRecordTypesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateRecordTypeRequest,
      dev.upnext.v1.UpdateRecordTypeResponse> getUpdateRecordTypeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateRecordType",
      requestType = dev.upnext.v1.UpdateRecordTypeRequest.class,
      responseType = dev.upnext.v1.UpdateRecordTypeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateRecordTypeRequest,
      dev.upnext.v1.UpdateRecordTypeResponse> getUpdateRecordTypeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateRecordTypeRequest, dev.upnext.v1.UpdateRecordTypeResponse> getUpdateRecordTypeMethod;
    if ((getUpdateRecordTypeMethod = RecordServiceGrpc.getUpdateRecordTypeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getUpdateRecordTypeMethod = RecordServiceGrpc.getUpdateRecordTypeMethod) == null) {
          RecordServiceGrpc.getUpdateRecordTypeMethod = getUpdateRecordTypeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateRecordTypeRequest, dev.upnext.v1.UpdateRecordTypeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateRecordType"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateRecordTypeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateRecordTypeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("UpdateRecordType"))
              .build();
        }
      }
    }
    return getUpdateRecordTypeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordTypeRequest,
      dev.upnext.v1.DeleteRecordTypeResponse> getDeleteRecordTypeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteRecordType",
      requestType = dev.upnext.v1.DeleteRecordTypeRequest.class,
      responseType = dev.upnext.v1.DeleteRecordTypeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordTypeRequest,
      dev.upnext.v1.DeleteRecordTypeResponse> getDeleteRecordTypeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordTypeRequest, dev.upnext.v1.DeleteRecordTypeResponse> getDeleteRecordTypeMethod;
    if ((getDeleteRecordTypeMethod = RecordServiceGrpc.getDeleteRecordTypeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getDeleteRecordTypeMethod = RecordServiceGrpc.getDeleteRecordTypeMethod) == null) {
          RecordServiceGrpc.getDeleteRecordTypeMethod = getDeleteRecordTypeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteRecordTypeRequest, dev.upnext.v1.DeleteRecordTypeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteRecordType"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteRecordTypeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteRecordTypeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("DeleteRecordType"))
              .build();
        }
      }
    }
    return getDeleteRecordTypeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeclareAttributesRequest,
      dev.upnext.v1.DeclareAttributesResponse> getDeclareAttributesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeclareAttributes",
      requestType = dev.upnext.v1.DeclareAttributesRequest.class,
      responseType = dev.upnext.v1.DeclareAttributesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeclareAttributesRequest,
      dev.upnext.v1.DeclareAttributesResponse> getDeclareAttributesMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeclareAttributesRequest, dev.upnext.v1.DeclareAttributesResponse> getDeclareAttributesMethod;
    if ((getDeclareAttributesMethod = RecordServiceGrpc.getDeclareAttributesMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getDeclareAttributesMethod = RecordServiceGrpc.getDeclareAttributesMethod) == null) {
          RecordServiceGrpc.getDeclareAttributesMethod = getDeclareAttributesMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeclareAttributesRequest, dev.upnext.v1.DeclareAttributesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeclareAttributes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeclareAttributesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeclareAttributesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("DeclareAttributes"))
              .build();
        }
      }
    }
    return getDeclareAttributesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAttributeRequest,
      dev.upnext.v1.UpdateAttributeResponse> getUpdateAttributeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateAttribute",
      requestType = dev.upnext.v1.UpdateAttributeRequest.class,
      responseType = dev.upnext.v1.UpdateAttributeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAttributeRequest,
      dev.upnext.v1.UpdateAttributeResponse> getUpdateAttributeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateAttributeRequest, dev.upnext.v1.UpdateAttributeResponse> getUpdateAttributeMethod;
    if ((getUpdateAttributeMethod = RecordServiceGrpc.getUpdateAttributeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getUpdateAttributeMethod = RecordServiceGrpc.getUpdateAttributeMethod) == null) {
          RecordServiceGrpc.getUpdateAttributeMethod = getUpdateAttributeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateAttributeRequest, dev.upnext.v1.UpdateAttributeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateAttribute"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateAttributeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateAttributeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("UpdateAttribute"))
              .build();
        }
      }
    }
    return getUpdateAttributeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAttributeRequest,
      dev.upnext.v1.DeleteAttributeResponse> getDeleteAttributeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteAttribute",
      requestType = dev.upnext.v1.DeleteAttributeRequest.class,
      responseType = dev.upnext.v1.DeleteAttributeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAttributeRequest,
      dev.upnext.v1.DeleteAttributeResponse> getDeleteAttributeMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteAttributeRequest, dev.upnext.v1.DeleteAttributeResponse> getDeleteAttributeMethod;
    if ((getDeleteAttributeMethod = RecordServiceGrpc.getDeleteAttributeMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getDeleteAttributeMethod = RecordServiceGrpc.getDeleteAttributeMethod) == null) {
          RecordServiceGrpc.getDeleteAttributeMethod = getDeleteAttributeMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteAttributeRequest, dev.upnext.v1.DeleteAttributeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteAttribute"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteAttributeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteAttributeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("DeleteAttribute"))
              .build();
        }
      }
    }
    return getDeleteAttributeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpsertRecordRequest,
      dev.upnext.v1.UpsertRecordResponse> getUpsertRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpsertRecord",
      requestType = dev.upnext.v1.UpsertRecordRequest.class,
      responseType = dev.upnext.v1.UpsertRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpsertRecordRequest,
      dev.upnext.v1.UpsertRecordResponse> getUpsertRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpsertRecordRequest, dev.upnext.v1.UpsertRecordResponse> getUpsertRecordMethod;
    if ((getUpsertRecordMethod = RecordServiceGrpc.getUpsertRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getUpsertRecordMethod = RecordServiceGrpc.getUpsertRecordMethod) == null) {
          RecordServiceGrpc.getUpsertRecordMethod = getUpsertRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpsertRecordRequest, dev.upnext.v1.UpsertRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpsertRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpsertRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpsertRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("UpsertRecord"))
              .build();
        }
      }
    }
    return getUpsertRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BatchUpsertRecordsRequest,
      dev.upnext.v1.BatchUpsertRecordsResponse> getBatchUpsertRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchUpsertRecords",
      requestType = dev.upnext.v1.BatchUpsertRecordsRequest.class,
      responseType = dev.upnext.v1.BatchUpsertRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BatchUpsertRecordsRequest,
      dev.upnext.v1.BatchUpsertRecordsResponse> getBatchUpsertRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BatchUpsertRecordsRequest, dev.upnext.v1.BatchUpsertRecordsResponse> getBatchUpsertRecordsMethod;
    if ((getBatchUpsertRecordsMethod = RecordServiceGrpc.getBatchUpsertRecordsMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getBatchUpsertRecordsMethod = RecordServiceGrpc.getBatchUpsertRecordsMethod) == null) {
          RecordServiceGrpc.getBatchUpsertRecordsMethod = getBatchUpsertRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BatchUpsertRecordsRequest, dev.upnext.v1.BatchUpsertRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchUpsertRecords"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchUpsertRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BatchUpsertRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("BatchUpsertRecords"))
              .build();
        }
      }
    }
    return getBatchUpsertRecordsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordRequest,
      dev.upnext.v1.GetRecordResponse> getGetRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRecord",
      requestType = dev.upnext.v1.GetRecordRequest.class,
      responseType = dev.upnext.v1.GetRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordRequest,
      dev.upnext.v1.GetRecordResponse> getGetRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetRecordRequest, dev.upnext.v1.GetRecordResponse> getGetRecordMethod;
    if ((getGetRecordMethod = RecordServiceGrpc.getGetRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getGetRecordMethod = RecordServiceGrpc.getGetRecordMethod) == null) {
          RecordServiceGrpc.getGetRecordMethod = getGetRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetRecordRequest, dev.upnext.v1.GetRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRecord"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("GetRecord"))
              .build();
        }
      }
    }
    return getGetRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordsRequest,
      dev.upnext.v1.ListRecordsResponse> getListRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRecords",
      requestType = dev.upnext.v1.ListRecordsRequest.class,
      responseType = dev.upnext.v1.ListRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordsRequest,
      dev.upnext.v1.ListRecordsResponse> getListRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordsRequest, dev.upnext.v1.ListRecordsResponse> getListRecordsMethod;
    if ((getListRecordsMethod = RecordServiceGrpc.getListRecordsMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getListRecordsMethod = RecordServiceGrpc.getListRecordsMethod) == null) {
          RecordServiceGrpc.getListRecordsMethod = getListRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListRecordsRequest, dev.upnext.v1.ListRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRecords"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("ListRecords"))
              .build();
        }
      }
    }
    return getListRecordsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordHistoryRequest,
      dev.upnext.v1.ListRecordHistoryResponse> getListRecordHistoryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRecordHistory",
      requestType = dev.upnext.v1.ListRecordHistoryRequest.class,
      responseType = dev.upnext.v1.ListRecordHistoryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordHistoryRequest,
      dev.upnext.v1.ListRecordHistoryResponse> getListRecordHistoryMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListRecordHistoryRequest, dev.upnext.v1.ListRecordHistoryResponse> getListRecordHistoryMethod;
    if ((getListRecordHistoryMethod = RecordServiceGrpc.getListRecordHistoryMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getListRecordHistoryMethod = RecordServiceGrpc.getListRecordHistoryMethod) == null) {
          RecordServiceGrpc.getListRecordHistoryMethod = getListRecordHistoryMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListRecordHistoryRequest, dev.upnext.v1.ListRecordHistoryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRecordHistory"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordHistoryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListRecordHistoryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("ListRecordHistory"))
              .build();
        }
      }
    }
    return getListRecordHistoryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.CloseRecordRequest,
      dev.upnext.v1.CloseRecordResponse> getCloseRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CloseRecord",
      requestType = dev.upnext.v1.CloseRecordRequest.class,
      responseType = dev.upnext.v1.CloseRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.CloseRecordRequest,
      dev.upnext.v1.CloseRecordResponse> getCloseRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.CloseRecordRequest, dev.upnext.v1.CloseRecordResponse> getCloseRecordMethod;
    if ((getCloseRecordMethod = RecordServiceGrpc.getCloseRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getCloseRecordMethod = RecordServiceGrpc.getCloseRecordMethod) == null) {
          RecordServiceGrpc.getCloseRecordMethod = getCloseRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.CloseRecordRequest, dev.upnext.v1.CloseRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CloseRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloseRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.CloseRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("CloseRecord"))
              .build();
        }
      }
    }
    return getCloseRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ReopenRecordRequest,
      dev.upnext.v1.ReopenRecordResponse> getReopenRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReopenRecord",
      requestType = dev.upnext.v1.ReopenRecordRequest.class,
      responseType = dev.upnext.v1.ReopenRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ReopenRecordRequest,
      dev.upnext.v1.ReopenRecordResponse> getReopenRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ReopenRecordRequest, dev.upnext.v1.ReopenRecordResponse> getReopenRecordMethod;
    if ((getReopenRecordMethod = RecordServiceGrpc.getReopenRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getReopenRecordMethod = RecordServiceGrpc.getReopenRecordMethod) == null) {
          RecordServiceGrpc.getReopenRecordMethod = getReopenRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ReopenRecordRequest, dev.upnext.v1.ReopenRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReopenRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReopenRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ReopenRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("ReopenRecord"))
              .build();
        }
      }
    }
    return getReopenRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordRequest,
      dev.upnext.v1.DeleteRecordResponse> getDeleteRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteRecord",
      requestType = dev.upnext.v1.DeleteRecordRequest.class,
      responseType = dev.upnext.v1.DeleteRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordRequest,
      dev.upnext.v1.DeleteRecordResponse> getDeleteRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.DeleteRecordRequest, dev.upnext.v1.DeleteRecordResponse> getDeleteRecordMethod;
    if ((getDeleteRecordMethod = RecordServiceGrpc.getDeleteRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getDeleteRecordMethod = RecordServiceGrpc.getDeleteRecordMethod) == null) {
          RecordServiceGrpc.getDeleteRecordMethod = getDeleteRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.DeleteRecordRequest, dev.upnext.v1.DeleteRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.DeleteRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("DeleteRecord"))
              .build();
        }
      }
    }
    return getDeleteRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.EraseRecordRequest,
      dev.upnext.v1.EraseRecordResponse> getEraseRecordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EraseRecord",
      requestType = dev.upnext.v1.EraseRecordRequest.class,
      responseType = dev.upnext.v1.EraseRecordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.EraseRecordRequest,
      dev.upnext.v1.EraseRecordResponse> getEraseRecordMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.EraseRecordRequest, dev.upnext.v1.EraseRecordResponse> getEraseRecordMethod;
    if ((getEraseRecordMethod = RecordServiceGrpc.getEraseRecordMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getEraseRecordMethod = RecordServiceGrpc.getEraseRecordMethod) == null) {
          RecordServiceGrpc.getEraseRecordMethod = getEraseRecordMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.EraseRecordRequest, dev.upnext.v1.EraseRecordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EraseRecord"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.EraseRecordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.EraseRecordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("EraseRecord"))
              .build();
        }
      }
    }
    return getEraseRecordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.MergeRecordsRequest,
      dev.upnext.v1.MergeRecordsResponse> getMergeRecordsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MergeRecords",
      requestType = dev.upnext.v1.MergeRecordsRequest.class,
      responseType = dev.upnext.v1.MergeRecordsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.MergeRecordsRequest,
      dev.upnext.v1.MergeRecordsResponse> getMergeRecordsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.MergeRecordsRequest, dev.upnext.v1.MergeRecordsResponse> getMergeRecordsMethod;
    if ((getMergeRecordsMethod = RecordServiceGrpc.getMergeRecordsMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getMergeRecordsMethod = RecordServiceGrpc.getMergeRecordsMethod) == null) {
          RecordServiceGrpc.getMergeRecordsMethod = getMergeRecordsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.MergeRecordsRequest, dev.upnext.v1.MergeRecordsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MergeRecords"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MergeRecordsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.MergeRecordsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("MergeRecords"))
              .build();
        }
      }
    }
    return getMergeRecordsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.IngestEngagementEventsRequest,
      dev.upnext.v1.IngestEngagementEventsResponse> getIngestEngagementEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "IngestEngagementEvents",
      requestType = dev.upnext.v1.IngestEngagementEventsRequest.class,
      responseType = dev.upnext.v1.IngestEngagementEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.IngestEngagementEventsRequest,
      dev.upnext.v1.IngestEngagementEventsResponse> getIngestEngagementEventsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.IngestEngagementEventsRequest, dev.upnext.v1.IngestEngagementEventsResponse> getIngestEngagementEventsMethod;
    if ((getIngestEngagementEventsMethod = RecordServiceGrpc.getIngestEngagementEventsMethod) == null) {
      synchronized (RecordServiceGrpc.class) {
        if ((getIngestEngagementEventsMethod = RecordServiceGrpc.getIngestEngagementEventsMethod) == null) {
          RecordServiceGrpc.getIngestEngagementEventsMethod = getIngestEngagementEventsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.IngestEngagementEventsRequest, dev.upnext.v1.IngestEngagementEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "IngestEngagementEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.IngestEngagementEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.IngestEngagementEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecordServiceMethodDescriptorSupplier("IngestEngagementEvents"))
              .build();
        }
      }
    }
    return getIngestEngagementEventsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RecordServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecordServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecordServiceStub>() {
        @java.lang.Override
        public RecordServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecordServiceStub(channel, callOptions);
        }
      };
    return RecordServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RecordServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecordServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecordServiceBlockingV2Stub>() {
        @java.lang.Override
        public RecordServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecordServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RecordServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RecordServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecordServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecordServiceBlockingStub>() {
        @java.lang.Override
        public RecordServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecordServiceBlockingStub(channel, callOptions);
        }
      };
    return RecordServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RecordServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecordServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecordServiceFutureStub>() {
        @java.lang.Override
        public RecordServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecordServiceFutureStub(channel, callOptions);
        }
      };
    return RecordServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a custom record type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_EXISTS, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), REFERENCE_NOT_FOUND (a reference to no record type),
     * FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than 20), REQUEST_ID_REUSED.
     * </pre>
     */
    default void createRecordType(dev.upnext.v1.CreateRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateRecordTypeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateRecordTypeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one record type.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getRecordType(dev.upnext.v1.GetRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordTypeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRecordTypeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists record types, ordered by id.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listRecordTypes(dev.upnext.v1.ListRecordTypesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordTypesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRecordTypesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the display name of a record type, which of its attributes name a record, hold
     * its email address and phone numbers, and say who must not be contacted, and the formula
     * for the priority of its records. Other calls declare and delete attributes.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), ETAG_MISMATCH, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateRecordType(dev.upnext.v1.UpdateRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateRecordTypeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateRecordTypeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a custom record type. This can't be undone.
     * Precondition: No record, segment, sequence (including deleted ones), template or running
     * operation is of this type, and no other type refers to it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_BUILT_IN, RECORD_TYPE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteRecordType(dev.upnext.v1.DeleteRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordTypeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteRecordTypeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Declares attributes. Attributes that are already declared stay; a description that is
     * given replaces theirs, and `indexed` marks them. An operation of kind INDEX_ATTRIBUTES
     * fills the indexes.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_TYPE_CONFLICT, ATTRIBUTE_IN_USE (the values of a
     * deleted attribute of that name are still being erased), REFERENCE_NOT_FOUND (a reference
     * to no record type), FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than
     * 20), REQUEST_ID_REUSED.
     * </pre>
     */
    default void declareAttributes(dev.upnext.v1.DeclareAttributesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareAttributesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeclareAttributesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the description of an attribute, or whether it is indexed. Its name and its type
     * never change. An operation of kind INDEX_ATTRIBUTES fills the index, or empties it.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), FIELD_TOO_LONG, FIELD_INVALID (an
     * index for a list, or more than 20), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateAttribute(dev.upnext.v1.UpdateAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAttributeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateAttributeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes an attribute. Its values are hidden immediately, and an operation erases them.
     * Precondition: No role of the type, no condition of a segment, assignment rule or running
     * operation, and no goal of a sequence or of a revision in use names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), ATTRIBUTE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteAttribute(dev.upnext.v1.DeleteAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAttributeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteAttributeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates a record, or changes the given fields of it. It is segmented, assigned and
     * enrolled right after the commit, without this call waiting for that.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), REFERENCE_NOT_FOUND (owner),
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, RECORD_ERASED (by
     * EraseRecord, within 30 days).
     * </pre>
     */
    default void upsertRecord(dev.upnext.v1.UpsertRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpsertRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpsertRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Upserts up to 1,000 records of one type like UpsertRecord. Each item succeeds or fails
     * by itself; an id that comes twice is applied in order.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), FIELD_TOO_LONG (more than 1,000 items); all
     * others are per item.
     * </pre>
     */
    default void batchUpsertRecords(dev.upnext.v1.BatchUpsertRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchUpsertRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchUpsertRecordsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns one record. The name of a merged one leads to the record that survived. A
     * salesperson sees their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    default void getRecord(dev.upnext.v1.GetRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the records of a type in the order in which they were created. A salesperson sees
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listRecords(dev.upnext.v1.ListRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRecordsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists what was decided about a record, and by whom: its segments, owners and sequences,
     * each with the reason, its closing and reopening, and all events of its enrollments. The
     * history of records that were merged into it is part of it. The newest come first unless
     * `order_by` says otherwise. Changes of its attributes are no events. A deleted record has
     * no history to list. A salesperson sees that of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listRecordHistory(dev.upnext.v1.ListRecordHistoryRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordHistoryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRecordHistoryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Closes a record: its open enrollments exit with RECORD_CLOSED and it leaves its segment,
     * in the same transaction. A salesperson closes their own records.
     * Precondition: The record is active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void closeRecord(dev.upnext.v1.CloseRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloseRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCloseRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reopens a closed record: segments evaluate it like one that changed. Enrollments that
     * ended with its closing stay ended. Whether a segment enrolls the record again, the
     * sequence's `reenrollment` says. A salesperson reopens their own records.
     * Precondition: The record is closed.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_NOT_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_NOT_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void reopenRecord(dev.upnext.v1.ReopenRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReopenRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a record: its open enrollments exit with RECORD_DELETED and everything that
     * holds its values is erased. History keeps ids, never values. The same id upserted later
     * is a new record, unless the upsert has a `source_version` from before the deletion: for
     * 30 days, such a late one is ignored.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, RECORD_MERGED (nothing is left to delete: the survivor
     * stays), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void deleteRecord(dev.upnext.v1.DeleteRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Erases a person who asked for it: everything that holds the values of this record, like
     * DeleteRecord. For 30 days every upsert of the same id gets RECORD_ERASED, whatever its
     * `source_version`. This can't be undone. Each record of the person needs a call. If the
     * record is already deleted, or never existed, the call only refuses its upserts. History
     * and counts keep ids and times, without values. What other records hold about this one,
     * like a reference to its id, stays. The audit has the call with the record type, without
     * the record's id.
     * Repetition: Erasing again only begins the 30 days anew. The same `request_id` doesn't do
     * even that.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (the record type), RECORD_MERGED (erase the survivor, and the
     * merged ones are erased with it), REQUEST_ID_REUSED.
     * </pre>
     */
    default void eraseRecord(dev.upnext.v1.EraseRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.EraseRecordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEraseRecordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Merges duplicates of one type into one record, the survivor. The survivor keeps its
     * values and its owner. What it lacks, it takes from the merged records, in the order of
     * the request. If one of the records must not be emailed or called, the same is true of
     * the survivor. Open enrollments and manual activities of merged records go on for the
     * survivor: the same step, the same wait, the activities in the queue of its owner. If
     * several are in one sequence, only one goes on: the survivor's, or else that of the first
     * merged record. The others exit with RECORD_MERGED. The survivor stays in its segment,
     * the merged records leave theirs, and segments evaluate the survivor once. Engagement
     * events and finished activities become the survivor's, and ListRecordHistory shows the
     * history of all.
     * The merged records are gone. Until the survivor is deleted, their names lead to it in
     * GetRecord, ListRecordHistory, ExplainRecord, upserts and engagement events. Calls that
     * close, reopen, delete, erase or merge a merged record get RECORD_MERGED; EnrollRecord
     * and CreateActivity get REFERENCE_NOT_FOUND. References to merged records in other
     * records stay as they are, and conditions find nothing through them. Everything happens
     * in one transaction, and can't be undone.
     * Precondition: The survivor is active. All are of one type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_MERGED.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (any of them), RECORD_MERGED (one was merged before),
     * RECORD_CLOSED (the survivor), RECORD_TYPE_MISMATCH, FIELD_INVALID (a record that comes
     * twice), FIELD_TOO_LONG (more than 10, or the survivor would have more than 1 MiB of
     * attributes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    default void mergeRecords(dev.upnext.v1.MergeRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MergeRecordsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMergeRecordsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes up to 1,000 events of what the persons of records, and sellers, did outside of
     * upnext. Each item succeeds or fails by itself. Events count by their own time, however
     * late they come and in whatever order. What an event causes happens in the transaction
     * that keeps it: open enrollments exit by the `exit_criteria` of their sequence, unless
     * they began after the event; `email_sent` and `call_ended` complete the record's matching
     * open activity; `unsubscribed` sets the record's `unsubscribe_time`. An event of a closed
     * record is kept and causes nothing.
     * Repetition: An event with a known `event_id` is a DUPLICATE and changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item:
     * REFERENCE_NOT_FOUND (record, or an activity of it), EVENT_ID_REUSED, OUTCOME_UNKNOWN.
     * </pre>
     */
    default void ingestEngagementEvents(dev.upnext.v1.IngestEngagementEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.IngestEngagementEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getIngestEngagementEventsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RecordService.
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class RecordServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RecordServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RecordService.
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class RecordServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RecordServiceStub> {
    private RecordServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecordServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecordServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a custom record type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_EXISTS, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), REFERENCE_NOT_FOUND (a reference to no record type),
     * FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public void createRecordType(dev.upnext.v1.CreateRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CreateRecordTypeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateRecordTypeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one record type.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getRecordType(dev.upnext.v1.GetRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordTypeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRecordTypeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists record types, ordered by id.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listRecordTypes(dev.upnext.v1.ListRecordTypesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordTypesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRecordTypesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the display name of a record type, which of its attributes name a record, hold
     * its email address and phone numbers, and say who must not be contacted, and the formula
     * for the priority of its records. Other calls declare and delete attributes.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), ETAG_MISMATCH, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateRecordType(dev.upnext.v1.UpdateRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateRecordTypeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateRecordTypeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a custom record type. This can't be undone.
     * Precondition: No record, segment, sequence (including deleted ones), template or running
     * operation is of this type, and no other type refers to it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_BUILT_IN, RECORD_TYPE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteRecordType(dev.upnext.v1.DeleteRecordTypeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordTypeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteRecordTypeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Declares attributes. Attributes that are already declared stay; a description that is
     * given replaces theirs, and `indexed` marks them. An operation of kind INDEX_ATTRIBUTES
     * fills the indexes.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_TYPE_CONFLICT, ATTRIBUTE_IN_USE (the values of a
     * deleted attribute of that name are still being erased), REFERENCE_NOT_FOUND (a reference
     * to no record type), FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than
     * 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public void declareAttributes(dev.upnext.v1.DeclareAttributesRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareAttributesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeclareAttributesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the description of an attribute, or whether it is indexed. Its name and its type
     * never change. An operation of kind INDEX_ATTRIBUTES fills the index, or empties it.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), FIELD_TOO_LONG, FIELD_INVALID (an
     * index for a list, or more than 20), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateAttribute(dev.upnext.v1.UpdateAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAttributeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateAttributeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes an attribute. Its values are hidden immediately, and an operation erases them.
     * Precondition: No role of the type, no condition of a segment, assignment rule or running
     * operation, and no goal of a sequence or of a revision in use names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), ATTRIBUTE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteAttribute(dev.upnext.v1.DeleteAttributeRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAttributeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteAttributeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates a record, or changes the given fields of it. It is segmented, assigned and
     * enrolled right after the commit, without this call waiting for that.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), REFERENCE_NOT_FOUND (owner),
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, RECORD_ERASED (by
     * EraseRecord, within 30 days).
     * </pre>
     */
    public void upsertRecord(dev.upnext.v1.UpsertRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpsertRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpsertRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Upserts up to 1,000 records of one type like UpsertRecord. Each item succeeds or fails
     * by itself; an id that comes twice is applied in order.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), FIELD_TOO_LONG (more than 1,000 items); all
     * others are per item.
     * </pre>
     */
    public void batchUpsertRecords(dev.upnext.v1.BatchUpsertRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BatchUpsertRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchUpsertRecordsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns one record. The name of a merged one leads to the record that survived. A
     * salesperson sees their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public void getRecord(dev.upnext.v1.GetRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the records of a type in the order in which they were created. A salesperson sees
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listRecords(dev.upnext.v1.ListRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRecordsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists what was decided about a record, and by whom: its segments, owners and sequences,
     * each with the reason, its closing and reopening, and all events of its enrollments. The
     * history of records that were merged into it is part of it. The newest come first unless
     * `order_by` says otherwise. Changes of its attributes are no events. A deleted record has
     * no history to list. A salesperson sees that of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listRecordHistory(dev.upnext.v1.ListRecordHistoryRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordHistoryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRecordHistoryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Closes a record: its open enrollments exit with RECORD_CLOSED and it leaves its segment,
     * in the same transaction. A salesperson closes their own records.
     * Precondition: The record is active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void closeRecord(dev.upnext.v1.CloseRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.CloseRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCloseRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reopens a closed record: segments evaluate it like one that changed. Enrollments that
     * ended with its closing stay ended. Whether a segment enrolls the record again, the
     * sequence's `reenrollment` says. A salesperson reopens their own records.
     * Precondition: The record is closed.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_NOT_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_NOT_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void reopenRecord(dev.upnext.v1.ReopenRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReopenRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a record: its open enrollments exit with RECORD_DELETED and everything that
     * holds its values is erased. History keeps ids, never values. The same id upserted later
     * is a new record, unless the upsert has a `source_version` from before the deletion: for
     * 30 days, such a late one is ignored.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, RECORD_MERGED (nothing is left to delete: the survivor
     * stays), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void deleteRecord(dev.upnext.v1.DeleteRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Erases a person who asked for it: everything that holds the values of this record, like
     * DeleteRecord. For 30 days every upsert of the same id gets RECORD_ERASED, whatever its
     * `source_version`. This can't be undone. Each record of the person needs a call. If the
     * record is already deleted, or never existed, the call only refuses its upserts. History
     * and counts keep ids and times, without values. What other records hold about this one,
     * like a reference to its id, stays. The audit has the call with the record type, without
     * the record's id.
     * Repetition: Erasing again only begins the 30 days anew. The same `request_id` doesn't do
     * even that.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (the record type), RECORD_MERGED (erase the survivor, and the
     * merged ones are erased with it), REQUEST_ID_REUSED.
     * </pre>
     */
    public void eraseRecord(dev.upnext.v1.EraseRecordRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.EraseRecordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEraseRecordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Merges duplicates of one type into one record, the survivor. The survivor keeps its
     * values and its owner. What it lacks, it takes from the merged records, in the order of
     * the request. If one of the records must not be emailed or called, the same is true of
     * the survivor. Open enrollments and manual activities of merged records go on for the
     * survivor: the same step, the same wait, the activities in the queue of its owner. If
     * several are in one sequence, only one goes on: the survivor's, or else that of the first
     * merged record. The others exit with RECORD_MERGED. The survivor stays in its segment,
     * the merged records leave theirs, and segments evaluate the survivor once. Engagement
     * events and finished activities become the survivor's, and ListRecordHistory shows the
     * history of all.
     * The merged records are gone. Until the survivor is deleted, their names lead to it in
     * GetRecord, ListRecordHistory, ExplainRecord, upserts and engagement events. Calls that
     * close, reopen, delete, erase or merge a merged record get RECORD_MERGED; EnrollRecord
     * and CreateActivity get REFERENCE_NOT_FOUND. References to merged records in other
     * records stay as they are, and conditions find nothing through them. Everything happens
     * in one transaction, and can't be undone.
     * Precondition: The survivor is active. All are of one type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_MERGED.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (any of them), RECORD_MERGED (one was merged before),
     * RECORD_CLOSED (the survivor), RECORD_TYPE_MISMATCH, FIELD_INVALID (a record that comes
     * twice), FIELD_TOO_LONG (more than 10, or the survivor would have more than 1 MiB of
     * attributes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public void mergeRecords(dev.upnext.v1.MergeRecordsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.MergeRecordsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMergeRecordsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes up to 1,000 events of what the persons of records, and sellers, did outside of
     * upnext. Each item succeeds or fails by itself. Events count by their own time, however
     * late they come and in whatever order. What an event causes happens in the transaction
     * that keeps it: open enrollments exit by the `exit_criteria` of their sequence, unless
     * they began after the event; `email_sent` and `call_ended` complete the record's matching
     * open activity; `unsubscribed` sets the record's `unsubscribe_time`. An event of a closed
     * record is kept and causes nothing.
     * Repetition: An event with a known `event_id` is a DUPLICATE and changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item:
     * REFERENCE_NOT_FOUND (record, or an activity of it), EVENT_ID_REUSED, OUTCOME_UNKNOWN.
     * </pre>
     */
    public void ingestEngagementEvents(dev.upnext.v1.IngestEngagementEventsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.IngestEngagementEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getIngestEngagementEventsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RecordService.
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class RecordServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RecordServiceBlockingV2Stub> {
    private RecordServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecordServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecordServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a custom record type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_EXISTS, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), REFERENCE_NOT_FOUND (a reference to no record type),
     * FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateRecordTypeResponse createRecordType(dev.upnext.v1.CreateRecordTypeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one record type.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetRecordTypeResponse getRecordType(dev.upnext.v1.GetRecordTypeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists record types, ordered by id.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordTypesResponse listRecordTypes(dev.upnext.v1.ListRecordTypesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRecordTypesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the display name of a record type, which of its attributes name a record, hold
     * its email address and phone numbers, and say who must not be contacted, and the formula
     * for the priority of its records. Other calls declare and delete attributes.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), ETAG_MISMATCH, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateRecordTypeResponse updateRecordType(dev.upnext.v1.UpdateRecordTypeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a custom record type. This can't be undone.
     * Precondition: No record, segment, sequence (including deleted ones), template or running
     * operation is of this type, and no other type refers to it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_BUILT_IN, RECORD_TYPE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteRecordTypeResponse deleteRecordType(dev.upnext.v1.DeleteRecordTypeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declares attributes. Attributes that are already declared stay; a description that is
     * given replaces theirs, and `indexed` marks them. An operation of kind INDEX_ATTRIBUTES
     * fills the indexes.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_TYPE_CONFLICT, ATTRIBUTE_IN_USE (the values of a
     * deleted attribute of that name are still being erased), REFERENCE_NOT_FOUND (a reference
     * to no record type), FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than
     * 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeclareAttributesResponse declareAttributes(dev.upnext.v1.DeclareAttributesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeclareAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the description of an attribute, or whether it is indexed. Its name and its type
     * never change. An operation of kind INDEX_ATTRIBUTES fills the index, or empties it.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), FIELD_TOO_LONG, FIELD_INVALID (an
     * index for a list, or more than 20), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateAttributeResponse updateAttribute(dev.upnext.v1.UpdateAttributeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes an attribute. Its values are hidden immediately, and an operation erases them.
     * Precondition: No role of the type, no condition of a segment, assignment rule or running
     * operation, and no goal of a sequence or of a revision in use names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), ATTRIBUTE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteAttributeResponse deleteAttribute(dev.upnext.v1.DeleteAttributeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a record, or changes the given fields of it. It is segmented, assigned and
     * enrolled right after the commit, without this call waiting for that.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), REFERENCE_NOT_FOUND (owner),
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, RECORD_ERASED (by
     * EraseRecord, within 30 days).
     * </pre>
     */
    public dev.upnext.v1.UpsertRecordResponse upsertRecord(dev.upnext.v1.UpsertRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpsertRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Upserts up to 1,000 records of one type like UpsertRecord. Each item succeeds or fails
     * by itself; an id that comes twice is applied in order.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), FIELD_TOO_LONG (more than 1,000 items); all
     * others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchUpsertRecordsResponse batchUpsertRecords(dev.upnext.v1.BatchUpsertRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchUpsertRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one record. The name of a merged one leads to the record that survived. A
     * salesperson sees their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetRecordResponse getRecord(dev.upnext.v1.GetRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the records of a type in the order in which they were created. A salesperson sees
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordsResponse listRecords(dev.upnext.v1.ListRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what was decided about a record, and by whom: its segments, owners and sequences,
     * each with the reason, its closing and reopening, and all events of its enrollments. The
     * history of records that were merged into it is part of it. The newest come first unless
     * `order_by` says otherwise. Changes of its attributes are no events. A deleted record has
     * no history to list. A salesperson sees that of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordHistoryResponse listRecordHistory(dev.upnext.v1.ListRecordHistoryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRecordHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Closes a record: its open enrollments exit with RECORD_CLOSED and it leaves its segment,
     * in the same transaction. A salesperson closes their own records.
     * Precondition: The record is active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloseRecordResponse closeRecord(dev.upnext.v1.CloseRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCloseRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reopens a closed record: segments evaluate it like one that changed. Enrollments that
     * ended with its closing stay ended. Whether a segment enrolls the record again, the
     * sequence's `reenrollment` says. A salesperson reopens their own records.
     * Precondition: The record is closed.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_NOT_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_NOT_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReopenRecordResponse reopenRecord(dev.upnext.v1.ReopenRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReopenRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a record: its open enrollments exit with RECORD_DELETED and everything that
     * holds its values is erased. History keeps ids, never values. The same id upserted later
     * is a new record, unless the upsert has a `source_version` from before the deletion: for
     * 30 days, such a late one is ignored.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, RECORD_MERGED (nothing is left to delete: the survivor
     * stays), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteRecordResponse deleteRecord(dev.upnext.v1.DeleteRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Erases a person who asked for it: everything that holds the values of this record, like
     * DeleteRecord. For 30 days every upsert of the same id gets RECORD_ERASED, whatever its
     * `source_version`. This can't be undone. Each record of the person needs a call. If the
     * record is already deleted, or never existed, the call only refuses its upserts. History
     * and counts keep ids and times, without values. What other records hold about this one,
     * like a reference to its id, stays. The audit has the call with the record type, without
     * the record's id.
     * Repetition: Erasing again only begins the 30 days anew. The same `request_id` doesn't do
     * even that.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (the record type), RECORD_MERGED (erase the survivor, and the
     * merged ones are erased with it), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.EraseRecordResponse eraseRecord(dev.upnext.v1.EraseRecordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEraseRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Merges duplicates of one type into one record, the survivor. The survivor keeps its
     * values and its owner. What it lacks, it takes from the merged records, in the order of
     * the request. If one of the records must not be emailed or called, the same is true of
     * the survivor. Open enrollments and manual activities of merged records go on for the
     * survivor: the same step, the same wait, the activities in the queue of its owner. If
     * several are in one sequence, only one goes on: the survivor's, or else that of the first
     * merged record. The others exit with RECORD_MERGED. The survivor stays in its segment,
     * the merged records leave theirs, and segments evaluate the survivor once. Engagement
     * events and finished activities become the survivor's, and ListRecordHistory shows the
     * history of all.
     * The merged records are gone. Until the survivor is deleted, their names lead to it in
     * GetRecord, ListRecordHistory, ExplainRecord, upserts and engagement events. Calls that
     * close, reopen, delete, erase or merge a merged record get RECORD_MERGED; EnrollRecord
     * and CreateActivity get REFERENCE_NOT_FOUND. References to merged records in other
     * records stay as they are, and conditions find nothing through them. Everything happens
     * in one transaction, and can't be undone.
     * Precondition: The survivor is active. All are of one type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_MERGED.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (any of them), RECORD_MERGED (one was merged before),
     * RECORD_CLOSED (the survivor), RECORD_TYPE_MISMATCH, FIELD_INVALID (a record that comes
     * twice), FIELD_TOO_LONG (more than 10, or the survivor would have more than 1 MiB of
     * attributes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MergeRecordsResponse mergeRecords(dev.upnext.v1.MergeRecordsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMergeRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up to 1,000 events of what the persons of records, and sellers, did outside of
     * upnext. Each item succeeds or fails by itself. Events count by their own time, however
     * late they come and in whatever order. What an event causes happens in the transaction
     * that keeps it: open enrollments exit by the `exit_criteria` of their sequence, unless
     * they began after the event; `email_sent` and `call_ended` complete the record's matching
     * open activity; `unsubscribed` sets the record's `unsubscribe_time`. An event of a closed
     * record is kept and causes nothing.
     * Repetition: An event with a known `event_id` is a DUPLICATE and changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item:
     * REFERENCE_NOT_FOUND (record, or an activity of it), EVENT_ID_REUSED, OUTCOME_UNKNOWN.
     * </pre>
     */
    public dev.upnext.v1.IngestEngagementEventsResponse ingestEngagementEvents(dev.upnext.v1.IngestEngagementEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getIngestEngagementEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RecordService.
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class RecordServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RecordServiceBlockingStub> {
    private RecordServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecordServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecordServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a custom record type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_EXISTS, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), REFERENCE_NOT_FOUND (a reference to no record type),
     * FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CreateRecordTypeResponse createRecordType(dev.upnext.v1.CreateRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one record type.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetRecordTypeResponse getRecordType(dev.upnext.v1.GetRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists record types, ordered by id.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordTypesResponse listRecordTypes(dev.upnext.v1.ListRecordTypesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRecordTypesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the display name of a record type, which of its attributes name a record, hold
     * its email address and phone numbers, and say who must not be contacted, and the formula
     * for the priority of its records. Other calls declare and delete attributes.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), ETAG_MISMATCH, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateRecordTypeResponse updateRecordType(dev.upnext.v1.UpdateRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a custom record type. This can't be undone.
     * Precondition: No record, segment, sequence (including deleted ones), template or running
     * operation is of this type, and no other type refers to it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_BUILT_IN, RECORD_TYPE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteRecordTypeResponse deleteRecordType(dev.upnext.v1.DeleteRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteRecordTypeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declares attributes. Attributes that are already declared stay; a description that is
     * given replaces theirs, and `indexed` marks them. An operation of kind INDEX_ATTRIBUTES
     * fills the indexes.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_TYPE_CONFLICT, ATTRIBUTE_IN_USE (the values of a
     * deleted attribute of that name are still being erased), REFERENCE_NOT_FOUND (a reference
     * to no record type), FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than
     * 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeclareAttributesResponse declareAttributes(dev.upnext.v1.DeclareAttributesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeclareAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the description of an attribute, or whether it is indexed. Its name and its type
     * never change. An operation of kind INDEX_ATTRIBUTES fills the index, or empties it.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), FIELD_TOO_LONG, FIELD_INVALID (an
     * index for a list, or more than 20), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateAttributeResponse updateAttribute(dev.upnext.v1.UpdateAttributeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes an attribute. Its values are hidden immediately, and an operation erases them.
     * Precondition: No role of the type, no condition of a segment, assignment rule or running
     * operation, and no goal of a sequence or of a revision in use names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), ATTRIBUTE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteAttributeResponse deleteAttribute(dev.upnext.v1.DeleteAttributeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteAttributeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a record, or changes the given fields of it. It is segmented, assigned and
     * enrolled right after the commit, without this call waiting for that.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), REFERENCE_NOT_FOUND (owner),
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, RECORD_ERASED (by
     * EraseRecord, within 30 days).
     * </pre>
     */
    public dev.upnext.v1.UpsertRecordResponse upsertRecord(dev.upnext.v1.UpsertRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpsertRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Upserts up to 1,000 records of one type like UpsertRecord. Each item succeeds or fails
     * by itself; an id that comes twice is applied in order.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), FIELD_TOO_LONG (more than 1,000 items); all
     * others are per item.
     * </pre>
     */
    public dev.upnext.v1.BatchUpsertRecordsResponse batchUpsertRecords(dev.upnext.v1.BatchUpsertRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchUpsertRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns one record. The name of a merged one leads to the record that survived. A
     * salesperson sees their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public dev.upnext.v1.GetRecordResponse getRecord(dev.upnext.v1.GetRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the records of a type in the order in which they were created. A salesperson sees
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordsResponse listRecords(dev.upnext.v1.ListRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what was decided about a record, and by whom: its segments, owners and sequences,
     * each with the reason, its closing and reopening, and all events of its enrollments. The
     * history of records that were merged into it is part of it. The newest come first unless
     * `order_by` says otherwise. Changes of its attributes are no events. A deleted record has
     * no history to list. A salesperson sees that of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListRecordHistoryResponse listRecordHistory(dev.upnext.v1.ListRecordHistoryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRecordHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Closes a record: its open enrollments exit with RECORD_CLOSED and it leaves its segment,
     * in the same transaction. A salesperson closes their own records.
     * Precondition: The record is active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.CloseRecordResponse closeRecord(dev.upnext.v1.CloseRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCloseRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reopens a closed record: segments evaluate it like one that changed. Enrollments that
     * ended with its closing stay ended. Whether a segment enrolls the record again, the
     * sequence's `reenrollment` says. A salesperson reopens their own records.
     * Precondition: The record is closed.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_NOT_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_NOT_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.ReopenRecordResponse reopenRecord(dev.upnext.v1.ReopenRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReopenRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a record: its open enrollments exit with RECORD_DELETED and everything that
     * holds its values is erased. History keeps ids, never values. The same id upserted later
     * is a new record, unless the upsert has a `source_version` from before the deletion: for
     * 30 days, such a late one is ignored.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, RECORD_MERGED (nothing is left to delete: the survivor
     * stays), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.DeleteRecordResponse deleteRecord(dev.upnext.v1.DeleteRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Erases a person who asked for it: everything that holds the values of this record, like
     * DeleteRecord. For 30 days every upsert of the same id gets RECORD_ERASED, whatever its
     * `source_version`. This can't be undone. Each record of the person needs a call. If the
     * record is already deleted, or never existed, the call only refuses its upserts. History
     * and counts keep ids and times, without values. What other records hold about this one,
     * like a reference to its id, stays. The audit has the call with the record type, without
     * the record's id.
     * Repetition: Erasing again only begins the 30 days anew. The same `request_id` doesn't do
     * even that.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (the record type), RECORD_MERGED (erase the survivor, and the
     * merged ones are erased with it), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.EraseRecordResponse eraseRecord(dev.upnext.v1.EraseRecordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEraseRecordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Merges duplicates of one type into one record, the survivor. The survivor keeps its
     * values and its owner. What it lacks, it takes from the merged records, in the order of
     * the request. If one of the records must not be emailed or called, the same is true of
     * the survivor. Open enrollments and manual activities of merged records go on for the
     * survivor: the same step, the same wait, the activities in the queue of its owner. If
     * several are in one sequence, only one goes on: the survivor's, or else that of the first
     * merged record. The others exit with RECORD_MERGED. The survivor stays in its segment,
     * the merged records leave theirs, and segments evaluate the survivor once. Engagement
     * events and finished activities become the survivor's, and ListRecordHistory shows the
     * history of all.
     * The merged records are gone. Until the survivor is deleted, their names lead to it in
     * GetRecord, ListRecordHistory, ExplainRecord, upserts and engagement events. Calls that
     * close, reopen, delete, erase or merge a merged record get RECORD_MERGED; EnrollRecord
     * and CreateActivity get REFERENCE_NOT_FOUND. References to merged records in other
     * records stay as they are, and conditions find nothing through them. Everything happens
     * in one transaction, and can't be undone.
     * Precondition: The survivor is active. All are of one type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_MERGED.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (any of them), RECORD_MERGED (one was merged before),
     * RECORD_CLOSED (the survivor), RECORD_TYPE_MISMATCH, FIELD_INVALID (a record that comes
     * twice), FIELD_TOO_LONG (more than 10, or the survivor would have more than 1 MiB of
     * attributes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.MergeRecordsResponse mergeRecords(dev.upnext.v1.MergeRecordsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMergeRecordsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up to 1,000 events of what the persons of records, and sellers, did outside of
     * upnext. Each item succeeds or fails by itself. Events count by their own time, however
     * late they come and in whatever order. What an event causes happens in the transaction
     * that keeps it: open enrollments exit by the `exit_criteria` of their sequence, unless
     * they began after the event; `email_sent` and `call_ended` complete the record's matching
     * open activity; `unsubscribed` sets the record's `unsubscribe_time`. An event of a closed
     * record is kept and causes nothing.
     * Repetition: An event with a known `event_id` is a DUPLICATE and changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item:
     * REFERENCE_NOT_FOUND (record, or an activity of it), EVENT_ID_REUSED, OUTCOME_UNKNOWN.
     * </pre>
     */
    public dev.upnext.v1.IngestEngagementEventsResponse ingestEngagementEvents(dev.upnext.v1.IngestEngagementEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getIngestEngagementEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RecordService.
   * <pre>
   * Record types and the CRM's records. Each Errors line lists the errors particular to its
   * call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class RecordServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RecordServiceFutureStub> {
    private RecordServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecordServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecordServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a custom record type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_EXISTS.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_EXISTS, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), REFERENCE_NOT_FOUND (a reference to no record type),
     * FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CreateRecordTypeResponse> createRecordType(
        dev.upnext.v1.CreateRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateRecordTypeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one record type.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetRecordTypeResponse> getRecordType(
        dev.upnext.v1.GetRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRecordTypeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists record types, ordered by id.
     * Roles: any.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListRecordTypesResponse> listRecordTypes(
        dev.upnext.v1.ListRecordTypesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRecordTypesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the display name of a record type, which of its attributes name a record, hold
     * its email address and phone numbers, and say who must not be contacted, and the formula
     * for the priority of its records. Other calls declare and delete attributes.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_UNKNOWN (an attribute role names none),
     * CONDITION_INVALID (the formula), ETAG_MISMATCH, FIELD_TOO_LONG, UPDATE_MASK_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateRecordTypeResponse> updateRecordType(
        dev.upnext.v1.UpdateRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateRecordTypeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a custom record type. This can't be undone.
     * Precondition: No record, segment, sequence (including deleted ones), template or running
     * operation is of this type, and no other type refers to it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, RESOURCE_BUILT_IN, RECORD_TYPE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteRecordTypeResponse> deleteRecordType(
        dev.upnext.v1.DeleteRecordTypeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteRecordTypeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Declares attributes. Attributes that are already declared stay; a description that is
     * given replaces theirs, and `indexed` marks them. An operation of kind INDEX_ATTRIBUTES
     * fills the indexes.
     * Repetition: Declaring the same again changes nothing.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND, ATTRIBUTE_TYPE_CONFLICT, ATTRIBUTE_IN_USE (the values of a
     * deleted attribute of that name are still being erased), REFERENCE_NOT_FOUND (a reference
     * to no record type), FIELD_TOO_LONG, FIELD_INVALID (an index for a list, or more than
     * 20), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeclareAttributesResponse> declareAttributes(
        dev.upnext.v1.DeclareAttributesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeclareAttributesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the description of an attribute, or whether it is indexed. Its name and its type
     * never change. An operation of kind INDEX_ATTRIBUTES fills the index, or empties it.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), FIELD_TOO_LONG, FIELD_INVALID (an
     * index for a list, or more than 20), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateAttributeResponse> updateAttribute(
        dev.upnext.v1.UpdateAttributeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateAttributeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes an attribute. Its values are hidden immediately, and an operation erases them.
     * Precondition: No role of the type, no condition of a segment, assignment rule or running
     * operation, and no goal of a sequence or of a revision in use names it.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (record type or attribute), ATTRIBUTE_IN_USE, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteAttributeResponse> deleteAttribute(
        dev.upnext.v1.DeleteAttributeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteAttributeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates a record, or changes the given fields of it. It is segmented, assigned and
     * enrolled right after the commit, without this call waiting for that.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), REFERENCE_NOT_FOUND (owner),
     * ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE_INVALID, FIELD_TOO_LONG, RECORD_ERASED (by
     * EraseRecord, within 30 days).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpsertRecordResponse> upsertRecord(
        dev.upnext.v1.UpsertRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpsertRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Upserts up to 1,000 records of one type like UpsertRecord. Each item succeeds or fails
     * by itself; an id that comes twice is applied in order.
     * Repetition: An upsert that changes nothing writes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (record type), FIELD_TOO_LONG (more than 1,000 items); all
     * others are per item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BatchUpsertRecordsResponse> batchUpsertRecords(
        dev.upnext.v1.BatchUpsertRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchUpsertRecordsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns one record. The name of a merged one leads to the record that survived. A
     * salesperson sees their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetRecordResponse> getRecord(
        dev.upnext.v1.GetRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the records of a type in the order in which they were created. A salesperson sees
     * their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND (record type), CONDITION_INVALID, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListRecordsResponse> listRecords(
        dev.upnext.v1.ListRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRecordsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists what was decided about a record, and by whom: its segments, owners and sequences,
     * each with the reason, its closing and reopening, and all events of its enrollments. The
     * history of records that were merged into it is part of it. The newest come first unless
     * `order_by` says otherwise. Changes of its attributes are no events. A deleted record has
     * no history to list. A salesperson sees that of their own records.
     * Roles: any.
     * Errors: RESOURCE_NOT_FOUND, PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListRecordHistoryResponse> listRecordHistory(
        dev.upnext.v1.ListRecordHistoryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRecordHistoryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Closes a record: its open enrollments exit with RECORD_CLOSED and it leaves its segment,
     * in the same transaction. A salesperson closes their own records.
     * Precondition: The record is active.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.CloseRecordResponse> closeRecord(
        dev.upnext.v1.CloseRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCloseRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reopens a closed record: segments evaluate it like one that changed. Enrollments that
     * ended with its closing stay ended. Whether a segment enrolls the record again, the
     * sequence's `reenrollment` says. A salesperson reopens their own records.
     * Precondition: The record is closed.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_NOT_CLOSED.
     * Roles: system_administrator, sales_manager, integration, salesperson.
     * Errors: RESOURCE_NOT_FOUND, RECORD_NOT_CLOSED, RECORD_MERGED, ETAG_MISMATCH,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ReopenRecordResponse> reopenRecord(
        dev.upnext.v1.ReopenRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReopenRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a record: its open enrollments exit with RECORD_DELETED and everything that
     * holds its values is erased. History keeps ids, never values. The same id upserted later
     * is a new record, unless the upsert has a `source_version` from before the deletion: for
     * 30 days, such a late one is ignored.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RESOURCE_NOT_FOUND.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND, RECORD_MERGED (nothing is left to delete: the survivor
     * stays), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.DeleteRecordResponse> deleteRecord(
        dev.upnext.v1.DeleteRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Erases a person who asked for it: everything that holds the values of this record, like
     * DeleteRecord. For 30 days every upsert of the same id gets RECORD_ERASED, whatever its
     * `source_version`. This can't be undone. Each record of the person needs a call. If the
     * record is already deleted, or never existed, the call only refuses its upserts. History
     * and counts keep ids and times, without values. What other records hold about this one,
     * like a reference to its id, stays. The audit has the call with the record type, without
     * the record's id.
     * Repetition: Erasing again only begins the 30 days anew. The same `request_id` doesn't do
     * even that.
     * Roles: system_administrator, integration.
     * Errors: RESOURCE_NOT_FOUND (the record type), RECORD_MERGED (erase the survivor, and the
     * merged ones are erased with it), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.EraseRecordResponse> eraseRecord(
        dev.upnext.v1.EraseRecordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEraseRecordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Merges duplicates of one type into one record, the survivor. The survivor keeps its
     * values and its owner. What it lacks, it takes from the merged records, in the order of
     * the request. If one of the records must not be emailed or called, the same is true of
     * the survivor. Open enrollments and manual activities of merged records go on for the
     * survivor: the same step, the same wait, the activities in the queue of its owner. If
     * several are in one sequence, only one goes on: the survivor's, or else that of the first
     * merged record. The others exit with RECORD_MERGED. The survivor stays in its segment,
     * the merged records leave theirs, and segments evaluate the survivor once. Engagement
     * events and finished activities become the survivor's, and ListRecordHistory shows the
     * history of all.
     * The merged records are gone. Until the survivor is deleted, their names lead to it in
     * GetRecord, ListRecordHistory, ExplainRecord, upserts and engagement events. Calls that
     * close, reopen, delete, erase or merge a merged record get RECORD_MERGED; EnrollRecord
     * and CreateActivity get REFERENCE_NOT_FOUND. References to merged records in other
     * records stay as they are, and conditions find nothing through them. Everything happens
     * in one transaction, and can't be undone.
     * Precondition: The survivor is active. All are of one type.
     * Repetition: The same `request_id` gets the first answer again; without one,
     * RECORD_MERGED.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: RESOURCE_NOT_FOUND (any of them), RECORD_MERGED (one was merged before),
     * RECORD_CLOSED (the survivor), RECORD_TYPE_MISMATCH, FIELD_INVALID (a record that comes
     * twice), FIELD_TOO_LONG (more than 10, or the survivor would have more than 1 MiB of
     * attributes), ETAG_MISMATCH, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.MergeRecordsResponse> mergeRecords(
        dev.upnext.v1.MergeRecordsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMergeRecordsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes up to 1,000 events of what the persons of records, and sellers, did outside of
     * upnext. Each item succeeds or fails by itself. Events count by their own time, however
     * late they come and in whatever order. What an event causes happens in the transaction
     * that keeps it: open enrollments exit by the `exit_criteria` of their sequence, unless
     * they began after the event; `email_sent` and `call_ended` complete the record's matching
     * open activity; `unsubscribed` sets the record's `unsubscribe_time`. An event of a closed
     * record is kept and causes nothing.
     * Repetition: An event with a known `event_id` is a DUPLICATE and changes nothing.
     * Roles: system_administrator, sales_manager, integration.
     * Errors: FIELD_TOO_LONG (more than 1,000 items); all others are per item:
     * REFERENCE_NOT_FOUND (record, or an activity of it), EVENT_ID_REUSED, OUTCOME_UNKNOWN.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.IngestEngagementEventsResponse> ingestEngagementEvents(
        dev.upnext.v1.IngestEngagementEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getIngestEngagementEventsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_RECORD_TYPE = 0;
  private static final int METHODID_GET_RECORD_TYPE = 1;
  private static final int METHODID_LIST_RECORD_TYPES = 2;
  private static final int METHODID_UPDATE_RECORD_TYPE = 3;
  private static final int METHODID_DELETE_RECORD_TYPE = 4;
  private static final int METHODID_DECLARE_ATTRIBUTES = 5;
  private static final int METHODID_UPDATE_ATTRIBUTE = 6;
  private static final int METHODID_DELETE_ATTRIBUTE = 7;
  private static final int METHODID_UPSERT_RECORD = 8;
  private static final int METHODID_BATCH_UPSERT_RECORDS = 9;
  private static final int METHODID_GET_RECORD = 10;
  private static final int METHODID_LIST_RECORDS = 11;
  private static final int METHODID_LIST_RECORD_HISTORY = 12;
  private static final int METHODID_CLOSE_RECORD = 13;
  private static final int METHODID_REOPEN_RECORD = 14;
  private static final int METHODID_DELETE_RECORD = 15;
  private static final int METHODID_ERASE_RECORD = 16;
  private static final int METHODID_MERGE_RECORDS = 17;
  private static final int METHODID_INGEST_ENGAGEMENT_EVENTS = 18;

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
        case METHODID_CREATE_RECORD_TYPE:
          serviceImpl.createRecordType((dev.upnext.v1.CreateRecordTypeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CreateRecordTypeResponse>) responseObserver);
          break;
        case METHODID_GET_RECORD_TYPE:
          serviceImpl.getRecordType((dev.upnext.v1.GetRecordTypeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordTypeResponse>) responseObserver);
          break;
        case METHODID_LIST_RECORD_TYPES:
          serviceImpl.listRecordTypes((dev.upnext.v1.ListRecordTypesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordTypesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_RECORD_TYPE:
          serviceImpl.updateRecordType((dev.upnext.v1.UpdateRecordTypeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateRecordTypeResponse>) responseObserver);
          break;
        case METHODID_DELETE_RECORD_TYPE:
          serviceImpl.deleteRecordType((dev.upnext.v1.DeleteRecordTypeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordTypeResponse>) responseObserver);
          break;
        case METHODID_DECLARE_ATTRIBUTES:
          serviceImpl.declareAttributes((dev.upnext.v1.DeclareAttributesRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeclareAttributesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ATTRIBUTE:
          serviceImpl.updateAttribute((dev.upnext.v1.UpdateAttributeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateAttributeResponse>) responseObserver);
          break;
        case METHODID_DELETE_ATTRIBUTE:
          serviceImpl.deleteAttribute((dev.upnext.v1.DeleteAttributeRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteAttributeResponse>) responseObserver);
          break;
        case METHODID_UPSERT_RECORD:
          serviceImpl.upsertRecord((dev.upnext.v1.UpsertRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpsertRecordResponse>) responseObserver);
          break;
        case METHODID_BATCH_UPSERT_RECORDS:
          serviceImpl.batchUpsertRecords((dev.upnext.v1.BatchUpsertRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BatchUpsertRecordsResponse>) responseObserver);
          break;
        case METHODID_GET_RECORD:
          serviceImpl.getRecord((dev.upnext.v1.GetRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetRecordResponse>) responseObserver);
          break;
        case METHODID_LIST_RECORDS:
          serviceImpl.listRecords((dev.upnext.v1.ListRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordsResponse>) responseObserver);
          break;
        case METHODID_LIST_RECORD_HISTORY:
          serviceImpl.listRecordHistory((dev.upnext.v1.ListRecordHistoryRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListRecordHistoryResponse>) responseObserver);
          break;
        case METHODID_CLOSE_RECORD:
          serviceImpl.closeRecord((dev.upnext.v1.CloseRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.CloseRecordResponse>) responseObserver);
          break;
        case METHODID_REOPEN_RECORD:
          serviceImpl.reopenRecord((dev.upnext.v1.ReopenRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ReopenRecordResponse>) responseObserver);
          break;
        case METHODID_DELETE_RECORD:
          serviceImpl.deleteRecord((dev.upnext.v1.DeleteRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.DeleteRecordResponse>) responseObserver);
          break;
        case METHODID_ERASE_RECORD:
          serviceImpl.eraseRecord((dev.upnext.v1.EraseRecordRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.EraseRecordResponse>) responseObserver);
          break;
        case METHODID_MERGE_RECORDS:
          serviceImpl.mergeRecords((dev.upnext.v1.MergeRecordsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.MergeRecordsResponse>) responseObserver);
          break;
        case METHODID_INGEST_ENGAGEMENT_EVENTS:
          serviceImpl.ingestEngagementEvents((dev.upnext.v1.IngestEngagementEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.IngestEngagementEventsResponse>) responseObserver);
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
          getCreateRecordTypeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CreateRecordTypeRequest,
              dev.upnext.v1.CreateRecordTypeResponse>(
                service, METHODID_CREATE_RECORD_TYPE)))
        .addMethod(
          getGetRecordTypeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetRecordTypeRequest,
              dev.upnext.v1.GetRecordTypeResponse>(
                service, METHODID_GET_RECORD_TYPE)))
        .addMethod(
          getListRecordTypesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListRecordTypesRequest,
              dev.upnext.v1.ListRecordTypesResponse>(
                service, METHODID_LIST_RECORD_TYPES)))
        .addMethod(
          getUpdateRecordTypeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateRecordTypeRequest,
              dev.upnext.v1.UpdateRecordTypeResponse>(
                service, METHODID_UPDATE_RECORD_TYPE)))
        .addMethod(
          getDeleteRecordTypeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteRecordTypeRequest,
              dev.upnext.v1.DeleteRecordTypeResponse>(
                service, METHODID_DELETE_RECORD_TYPE)))
        .addMethod(
          getDeclareAttributesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeclareAttributesRequest,
              dev.upnext.v1.DeclareAttributesResponse>(
                service, METHODID_DECLARE_ATTRIBUTES)))
        .addMethod(
          getUpdateAttributeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateAttributeRequest,
              dev.upnext.v1.UpdateAttributeResponse>(
                service, METHODID_UPDATE_ATTRIBUTE)))
        .addMethod(
          getDeleteAttributeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteAttributeRequest,
              dev.upnext.v1.DeleteAttributeResponse>(
                service, METHODID_DELETE_ATTRIBUTE)))
        .addMethod(
          getUpsertRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpsertRecordRequest,
              dev.upnext.v1.UpsertRecordResponse>(
                service, METHODID_UPSERT_RECORD)))
        .addMethod(
          getBatchUpsertRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BatchUpsertRecordsRequest,
              dev.upnext.v1.BatchUpsertRecordsResponse>(
                service, METHODID_BATCH_UPSERT_RECORDS)))
        .addMethod(
          getGetRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetRecordRequest,
              dev.upnext.v1.GetRecordResponse>(
                service, METHODID_GET_RECORD)))
        .addMethod(
          getListRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListRecordsRequest,
              dev.upnext.v1.ListRecordsResponse>(
                service, METHODID_LIST_RECORDS)))
        .addMethod(
          getListRecordHistoryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListRecordHistoryRequest,
              dev.upnext.v1.ListRecordHistoryResponse>(
                service, METHODID_LIST_RECORD_HISTORY)))
        .addMethod(
          getCloseRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.CloseRecordRequest,
              dev.upnext.v1.CloseRecordResponse>(
                service, METHODID_CLOSE_RECORD)))
        .addMethod(
          getReopenRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ReopenRecordRequest,
              dev.upnext.v1.ReopenRecordResponse>(
                service, METHODID_REOPEN_RECORD)))
        .addMethod(
          getDeleteRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.DeleteRecordRequest,
              dev.upnext.v1.DeleteRecordResponse>(
                service, METHODID_DELETE_RECORD)))
        .addMethod(
          getEraseRecordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.EraseRecordRequest,
              dev.upnext.v1.EraseRecordResponse>(
                service, METHODID_ERASE_RECORD)))
        .addMethod(
          getMergeRecordsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.MergeRecordsRequest,
              dev.upnext.v1.MergeRecordsResponse>(
                service, METHODID_MERGE_RECORDS)))
        .addMethod(
          getIngestEngagementEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.IngestEngagementEventsRequest,
              dev.upnext.v1.IngestEngagementEventsResponse>(
                service, METHODID_INGEST_ENGAGEMENT_EVENTS)))
        .build();
  }

  private static abstract class RecordServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RecordServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.RecordServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RecordService");
    }
  }

  private static final class RecordServiceFileDescriptorSupplier
      extends RecordServiceBaseDescriptorSupplier {
    RecordServiceFileDescriptorSupplier() {}
  }

  private static final class RecordServiceMethodDescriptorSupplier
      extends RecordServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RecordServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RecordServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RecordServiceFileDescriptorSupplier())
              .addMethod(getCreateRecordTypeMethod())
              .addMethod(getGetRecordTypeMethod())
              .addMethod(getListRecordTypesMethod())
              .addMethod(getUpdateRecordTypeMethod())
              .addMethod(getDeleteRecordTypeMethod())
              .addMethod(getDeclareAttributesMethod())
              .addMethod(getUpdateAttributeMethod())
              .addMethod(getDeleteAttributeMethod())
              .addMethod(getUpsertRecordMethod())
              .addMethod(getBatchUpsertRecordsMethod())
              .addMethod(getGetRecordMethod())
              .addMethod(getListRecordsMethod())
              .addMethod(getListRecordHistoryMethod())
              .addMethod(getCloseRecordMethod())
              .addMethod(getReopenRecordMethod())
              .addMethod(getDeleteRecordMethod())
              .addMethod(getEraseRecordMethod())
              .addMethod(getMergeRecordsMethod())
              .addMethod(getIngestEngagementEventsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
