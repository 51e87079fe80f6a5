package upnext

import (
	"context"
	"sync"
	"time"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"

	upnextv1 "upnext.dev/go/upnext/v1"
)

// Client has the services, waits for operations, and opens live queues. It may be used by many
// goroutines at once.
type Client struct {
	ApiKeys      upnextv1.ApiKeyServiceClient
	Calendars    upnextv1.CalendarServiceClient
	Emails       upnextv1.EmailServiceClient
	Teams        upnextv1.TeamServiceClient
	Enrollments  upnextv1.EnrollmentServiceClient
	Events       upnextv1.EventServiceClient
	Operations   longrunningpb.OperationsClient
	Organization upnextv1.OrganizationServiceClient
	Records      upnextv1.RecordServiceClient
	Segments     upnextv1.SegmentServiceClient
	Sellers      upnextv1.SellerServiceClient
	Sequences    upnextv1.SequenceServiceClient
	Templates    upnextv1.TemplateServiceClient
	WorkQueue    upnextv1.WorkQueueServiceClient

	connection *grpc.ClientConn
	keyIsAsked bool
	lock       sync.Mutex
	queues     []*Queue
}

func newClient(connection *grpc.ClientConn, keyIsAsked bool) *Client {
	return &Client{
		ApiKeys:      upnextv1.NewApiKeyServiceClient(connection),
		Calendars:    upnextv1.NewCalendarServiceClient(connection),
		Emails:       upnextv1.NewEmailServiceClient(connection),
		Teams:        upnextv1.NewTeamServiceClient(connection),
		Enrollments:  upnextv1.NewEnrollmentServiceClient(connection),
		Events:       upnextv1.NewEventServiceClient(connection),
		Operations:   longrunningpb.NewOperationsClient(connection),
		Organization: upnextv1.NewOrganizationServiceClient(connection),
		Records:      upnextv1.NewRecordServiceClient(connection),
		Segments:     upnextv1.NewSegmentServiceClient(connection),
		Sellers:      upnextv1.NewSellerServiceClient(connection),
		Sequences:    upnextv1.NewSequenceServiceClient(connection),
		Templates:    upnextv1.NewTemplateServiceClient(connection),
		WorkQueue:    upnextv1.NewWorkQueueServiceClient(connection),
		connection:   connection,
		keyIsAsked:   keyIsAsked,
	}
}

// Connection is for calls by name.
func (c *Client) Connection() grpc.ClientConnInterface {
	return c.connection
}

// Wait waits for an operation: operations/…, or "", which is done at once. Its error is an *Error
// like a call's. onProgress, if not nil, is told what is done every other second.
func (c *Client) Wait(ctx context.Context, name string, onProgress func(*upnextv1.OperationMetadata)) (*upnextv1.OperationResult, error) {
	patience := time.Minute
	if onProgress != nil {
		patience = 2 * time.Second
	}
	for name != "" {
		operation, err := c.waitOnce(ctx, name, patience)
		if err != nil {
			return nil, err
		}
		progress := new(upnextv1.OperationMetadata)
		if onProgress != nil && operation.GetMetadata().UnmarshalTo(progress) == nil {
			onProgress(progress)
		}
		if operation.GetDone() {
			return resultOf(operation)
		}
	}
	return new(upnextv1.OperationResult), nil
}

func (c *Client) waitOnce(ctx context.Context, name string, patience time.Duration) (*longrunningpb.Operation, error) {
	ctx, cancel := context.WithTimeout(ctx, patience+10*time.Second)
	defer cancel()
	return c.Operations.WaitOperation(ctx, &longrunningpb.WaitOperationRequest{Name: name, Timeout: durationpb.New(patience)})
}

func resultOf(operation *longrunningpb.Operation) (*upnextv1.OperationResult, error) {
	if failed := operation.GetError(); failed != nil {
		return nil, FromStatus(failed)
	}
	result := new(upnextv1.OperationResult)
	return result, operation.GetResponse().UnmarshalTo(result)
}

// Watch opens a live queue: sellers/…, sellers/me or teams/…. It ends with the context, with Close,
// or with the client. onChange, if not nil, is called for each change, one call at a time.
func (c *Client) Watch(ctx context.Context, queue string, onChange func(*Queue, Change), options ...WatchOption) *Queue {
	opened := newQueue(ctx, c, queue, onChange, options)
	c.lock.Lock()
	defer c.lock.Unlock()
	c.queues = append(c.queues, opened)
	return opened
}

// Close ends every stream and the connection.
func (c *Client) Close() error {
	c.lock.Lock()
	queues := c.queues
	c.queues = nil
	c.lock.Unlock()
	for _, queue := range queues {
		queue.Close()
	}
	return c.connection.Close()
}
