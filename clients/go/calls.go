package upnext

import (
	"context"

	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type keyFunc func(context.Context) (string, error)

// authorized adds the key to the headers of a call.
func (key keyFunc) authorized(ctx context.Context) (context.Context, error) {
	text, err := key(ctx)
	if err != nil {
		return nil, err
	}
	if text, err = checkedKey(text); err != nil || text == "" {
		return ctx, err
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+text), nil
}

// unary gives a call its key, deadline and request ids, and its error a type. Retries are the
// connection's own, by service_config.json; the deadline covers all of them.
func unary(key keyFunc) grpc.UnaryClientInterceptor {
	return func(ctx context.Context, method string, request, reply any, cc *grpc.ClientConn, next grpc.UnaryInvoker, options ...grpc.CallOption) error {
		ctx, err := key.authorized(ctx)
		if err != nil {
			return err
		}
		if _, limited := ctx.Deadline(); !limited {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, defaultTimeout)
			defer cancel()
		}
		if message, ok := request.(proto.Message); ok {
			message = proto.Clone(message) // The caller's own stays as it is.
			fillRequestIDs(message.ProtoReflect())
			request = message
		}
		return typed(next(ctx, method, request, reply, cc, options...))
	}
}

func stream(key keyFunc) grpc.StreamClientInterceptor {
	return func(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, next grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
		ctx, err := key.authorized(ctx)
		if err != nil {
			return nil, err
		}
		opened, err := next(ctx, desc, cc, method, options...)
		if err != nil {
			return nil, typed(err)
		}
		return typedStream{opened}, nil
	}
}

type typedStream struct{ grpc.ClientStream }

func (s typedStream) RecvMsg(message any) error {
	return typed(s.ClientStream.RecvMsg(message))
}

// fillRequestIDs gives a request, and each item of a batch, an id if it has none: attempts of one
// call share it.
func fillRequestIDs(message protoreflect.Message) {
	fields := message.Descriptor().Fields()
	if field := fields.ByName("request_id"); field != nil && message.Get(field).String() == "" {
		message.Set(field, protoreflect.ValueOfString(uuid.NewString()))
	}
	if batch := fields.ByName("requests"); batch != nil && batch.IsList() && batch.Message() != nil {
		items := message.Get(batch).List()
		for i := range items.Len() {
			fillRequestIDs(items.Get(i).Message())
		}
	}
}
