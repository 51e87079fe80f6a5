package upnext

import (
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	statuspb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	upnextv1 "upnext.dev/go/upnext/v1"
)

// Error is what a call that failed returns. Decide by Code and Reason, never by the text.
type Error struct {
	Code    codes.Code
	Message string
	// Reason is a name of ErrorReason; "" if the server never answered: then the way to it failed.
	Reason string
	// Metadata is what the reason's comment promises.
	Metadata map[string]string
	// Violations may be cut by the server; Metadata["violations"] has their number.
	Violations []Violation
	// RetryAfter says when to try again; 0 if the server doesn't say.
	RetryAfter time.Duration

	status *status.Status
}

// Violation is one field that is wrong.
type Violation struct {
	Field, Reason, Description string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s %s: %s", e.Code, firstOf(e.Reason, "(no answer)"), e.Message)
}

// GRPCStatus lets status.Code and status.FromError go on working.
func (e *Error) GRPCStatus() *status.Status {
	return e.status
}

// Is makes errors.Is(err, Because(…)) work.
func (e *Error) Is(target error) bool {
	reason, ok := target.(because)
	return ok && e.Reason == string(reason)
}

type because string

func (b because) Error() string { return string(b) }

// Because is for errors.Is: whether a call failed for this reason.
func Because(reason upnextv1.ErrorReason) error {
	return because(reason.String())
}

// FromStatus is the error of a batch's item or of an operation, the same as a call's.
func FromStatus(failed *statuspb.Status) *Error {
	return newError(status.FromProto(failed))
}

// typed turns a failed call's error into an *Error, and leaves the end of a stream alone.
func typed(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	var already *Error
	if errors.As(err, &already) {
		return err
	}
	return newError(status.Convert(err))
}

func newError(failed *status.Status) *Error {
	e := &Error{Code: failed.Code(), Message: failed.Message(), status: failed}
	for _, detail := range failed.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Metadata = detail.GetReason(), detail.GetMetadata()
		case *errdetails.BadRequest:
			for _, v := range detail.GetFieldViolations() {
				e.Violations = append(e.Violations, Violation{v.GetField(), v.GetReason(), v.GetDescription()})
			}
		case *errdetails.RetryInfo:
			e.RetryAfter = detail.GetRetryDelay().AsDuration()
		}
	}
	return e
}
