package upnext

import (
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	upnextv1 "upnext.dev/go/upnext/v1"
)

const (
	firstDelay = 250 * time.Millisecond
	lastDelay  = 8 * time.Second
)

// Change is what became different: activities, or only Live.
type Change struct {
	Added, Changed, Removed []*upnextv1.Activity
	Live                    bool
}

// state is a list in step with the messages applied to it.
type state struct {
	items       []*upnextv1.Activity
	counts      *upnextv1.QueueCounts
	nextDueTime time.Time
	revision    int64
	live        bool
	silence     time.Duration
	token       string
	pending     []*upnextv1.WatchWorkQueueResponse
}

// what a snapshot, an update and a heartbeat have in common.
type told interface {
	GetCounts() *upnextv1.QueueCounts
	GetNextDueTime() *timestamppb.Timestamp
}

// apply takes one message in; nil if nobody can see a difference. What comes in parts is applied as
// a whole.
func (s *state) apply(message *upnextv1.WatchWorkQueueResponse) *Change {
	if message.GetSnapshot().GetPartial() || message.GetUpdate().GetPartial() {
		s.pending = append(s.pending, message)
		return nil
	}
	parts := append(s.pending, message)
	s.pending = nil

	before := byName(s.items)
	after := byName(s.items)
	for i, part := range parts {
		if part.GetSnapshot() != nil && i == 0 {
			clear(after)
		}
		applyTo(after, part)
	}
	s.note(message)
	cameLive := !s.live
	s.live = message.GetDraining() == nil
	return s.replace(before, after, cameLive)
}

func byName(items []*upnextv1.Activity) map[string]*upnextv1.Activity {
	named := make(map[string]*upnextv1.Activity, len(items))
	for _, activity := range items {
		named[activity.GetName()] = activity
	}
	return named
}

func applyTo(items map[string]*upnextv1.Activity, message *upnextv1.WatchWorkQueueResponse) {
	for _, removal := range message.GetUpdate().GetRemovals() {
		delete(items, removal.GetActivity())
	}
	for _, activity := range append(message.GetSnapshot().GetActivities(), message.GetUpdate().GetUpserts()...) {
		items[activity.GetName()] = activity
	}
}

func (s *state) note(message *upnextv1.WatchWorkQueueResponse) {
	if token := message.GetResumeToken(); token != "" {
		s.token = token
	}
	var event told
	var interval *durationpb.Duration
	switch e := message.GetEvent().(type) {
	case *upnextv1.WatchWorkQueueResponse_Snapshot:
		event, interval = e.Snapshot, e.Snapshot.GetHeartbeatInterval()
	case *upnextv1.WatchWorkQueueResponse_Update:
		event = e.Update
	case *upnextv1.WatchWorkQueueResponse_Heartbeat:
		event, interval = e.Heartbeat, e.Heartbeat.GetHeartbeatInterval()
	default:
		return
	}

	if revision := message.GetQueueRevision(); revision != 0 {
		s.revision = revision
	}
	s.counts, s.nextDueTime = event.GetCounts(), time.Time{}
	if due := event.GetNextDueTime(); due != nil {
		s.nextDueTime = due.AsTime()
	}
	if interval.AsDuration() > 0 {
		s.silence = 3*interval.AsDuration() + 5*time.Second
	}
}

func (s *state) replace(before, after map[string]*upnextv1.Activity, cameLive bool) *Change {
	change := Change{Live: s.live}
	items := make([]*upnextv1.Activity, 0, len(after))
	for name, activity := range after {
		old, known := before[name]
		if !known {
			change.Added = append(change.Added, activity)
		} else if !proto.Equal(old, activity) {
			change.Changed = append(change.Changed, activity)
		}
		items = append(items, activity)
	}
	for name, activity := range before {
		if after[name] == nil {
			change.Removed = append(change.Removed, activity)
		}
	}
	if len(change.Added)+len(change.Changed)+len(change.Removed) == 0 && !cameLive {
		return nil
	}
	slices.SortFunc(items, func(a, b *upnextv1.Activity) int { return strings.Compare(a.GetOrderKey(), b.GetOrderKey()) })
	s.items = items
	return &change
}

// reopening decides when a stream that ended is opened again: for ever, unless the server's answer
// is final.
type reopening struct {
	queue                    string
	keyIsAsked               bool
	log                      *slog.Logger
	count, failures          int
	hasHeard, again, hasTold bool
}

// heard: a message came. Only that ends an outage, never a mere connection.
func (r *reopening) heard() {
	if r.hasTold {
		r.log.Info("the queue is live again", "queue", r.queue)
	}
	r.failures, r.hasHeard, r.again, r.hasTold = 0, true, false, false
}

// after says how long to wait after the stream's end, and whether that was final.
func (r *reopening) after(err *Error, token *string) (delay time.Duration, final bool) {
	heard := r.hasHeard
	r.hasHeard = false
	r.count++
	if err != nil && isFinal(err) && !r.mayGoOn(err, token) {
		r.log.Error("the queue ended", "queue", r.queue, "error", err)
		return 0, true
	}
	if err != nil && (err.Reason == "RESUME_TOKEN_INVALID" || err.Reason == "STREAM_DRAINED" && heard) {
		return 0, false
	}
	if !r.hasTold {
		r.log.Warn("the queue is cut off, and opened again until it is back", "queue", r.queue, "error", err)
	}
	r.hasTold = true
	delay = min(lastDelay, firstDelay<<min(r.failures, 5))
	r.failures++
	if err != nil && err.RetryAfter > 0 {
		return err.RetryAfter, false
	}
	return time.Duration(float64(delay) * (0.5 + rand.Float64()/2)), false
}

// isFinal: to open the stream again would be in vain, or would end another program's.
func isFinal(err *Error) bool {
	if err.Reason == "TOO_MANY_STREAMS" {
		return true
	}
	switch err.Code {
	case codes.Unauthenticated, codes.PermissionDenied, codes.NotFound, codes.InvalidArgument, codes.Unimplemented:
		return true
	}
	return false
}

func (r *reopening) mayGoOn(err *Error, token *string) bool {
	if err.Reason == "RESUME_TOKEN_INVALID" {
		had := *token != ""
		*token = ""
		return had
	}
	if err.Code != codes.Unauthenticated || !r.keyIsAsked || r.again {
		return false
	}
	r.again = true
	return true
}
