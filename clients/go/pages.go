package upnext

import (
	"context"
	"iter"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Page is an answer that may have another one after it.
type Page interface {
	GetNextPageToken() string
}

type list[Request proto.Message, Answer Page] func(context.Context, Request, ...grpc.CallOption) (Answer, error)

// All iterates every item of a list, read page by page:
//
//	All(ctx, client.Sequences.ListSequences, &upnextv1.ListSequencesRequest{}, (*upnextv1.ListSequencesResponse).GetSequences)
//
// The context and the options count for each page's call.
func All[Request proto.Message, Answer Page, Item any](
	ctx context.Context, call list[Request, Answer], request Request, items func(Answer) []Item, options ...grpc.CallOption,
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var none Item
		for page, err := range Pages(ctx, call, request, options...) {
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items(page) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// Pages iterates the answers themselves.
func Pages[Request proto.Message, Answer Page](
	ctx context.Context, call list[Request, Answer], request Request, options ...grpc.CallOption,
) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		next := proto.Clone(request).(Request)
		for {
			page, err := call(ctx, next, options...)
			if !yield(page, err) || err != nil || page.GetNextPageToken() == "" {
				return
			}
			message := next.ProtoReflect()
			message.Set(message.Descriptor().Fields().ByName("page_token"), protoreflect.ValueOfString(page.GetNextPageToken()))
		}
	}
}
