package upnext

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	upnextv1 "upnext.dev/go/upnext/v1"
)

// ErrClosed is what waits for a queue that was closed.
var ErrClosed = errors.New("the queue is closed")

// WatchOption changes how a queue is watched.
type WatchOption func(*Queue)

// Window says how many of the first activities to keep; default 50, at most 500.
func Window(size int32) WatchOption {
	return func(q *Queue) { q.window = size }
}

// Logger says where the two lines of an outage go; default slog.Default().
func Logger(log *slog.Logger) WatchOption {
	return func(q *Queue) { q.reopening.log = log }
}

// Queue is the first activities of a queue as they are now. It opens its stream again for ever;
// Live says whether it is in step. While it isn't, the list stays as it was.
type Queue struct {
	client   *Client
	name     string
	window   int32
	onChange func(*Queue, Change)
	close    context.CancelFunc
	ended    chan struct{}

	lock      sync.Mutex
	state     state
	reopening reopening
	lastError error
	changed   chan struct{} // Closed, and replaced, with each change.
}

func newQueue(ctx context.Context, client *Client, name string, onChange func(*Queue, Change), options []WatchOption) *Queue {
	ctx, cancel := context.WithCancel(ctx)
	q := &Queue{client: client, name: name, window: 50, onChange: onChange, close: cancel, ended: make(chan struct{}), changed: make(chan struct{})}
	q.state.silence = 65 * time.Second
	q.reopening = reopening{queue: name, keyIsAsked: client.keyIsAsked, log: slog.Default()}
	for _, option := range options {
		option(q)
	}
	go q.keep(ctx)
	return q
}

// Items are the due activities, the first one first; BASIC.
func (q *Queue) Items() []*upnextv1.Activity {
	q.lock.Lock()
	defer q.lock.Unlock()
	return slices.Clone(q.state.items)
}

// Counts are of the whole queue, beyond the window.
func (q *Queue) Counts() *upnextv1.QueueCounts {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.state.counts
}

// NextDueTime is when the next wait or snooze ends; zero if none is known.
func (q *Queue) NextDueTime() time.Time {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.state.nextDueTime
}

// Revision is the queue's revision that the list is of.
func (q *Queue) Revision() int64 {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.state.revision
}

// Live says whether the list is in step now.
func (q *Queue) Live() bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.state.live
}

// LastError is why the queue has ended for good, if it has.
func (q *Queue) LastError() error {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.lastError
}

// Reconnects is how often its stream has ended.
func (q *Queue) Reconnects() int {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.reopening.count
}

// Head waits for something to do.
func (q *Queue) Head(ctx context.Context) (*upnextv1.Activity, error) {
	var head *upnextv1.Activity
	err := q.Until(ctx, func(q *Queue) bool {
		if items := q.Items(); len(items) > 0 {
			head = items[0]
		}
		return head != nil
	})
	return head, err
}

// Until waits until a condition of the queue holds. It returns LastError once that is set.
func (q *Queue) Until(ctx context.Context, condition func(*Queue) bool) error {
	for {
		q.lock.Lock()
		changed, err := q.changed, q.lastError
		q.lock.Unlock()
		if condition(q) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-changed:
		case <-q.ended:
			// The last words may have come in between.
			if err := q.LastError(); err != nil {
				return err
			}
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close ends the stream. It returns once no callback runs any more, so it must not be called from
// one.
func (q *Queue) Close() {
	q.close()
	<-q.ended
}

func (q *Queue) keep(ctx context.Context) {
	defer close(q.ended)
	defer q.change(func() *Change { q.state.live = false; return nil })
	for {
		err := q.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		var delay time.Duration
		var final bool
		q.change(func() *Change {
			wasLive := q.state.live
			q.state.live = false
			if delay, final = q.reopening.after(err, &q.state.token); final {
				q.lastError = err
			}
			if wasLive {
				return &Change{}
			}
			return nil
		})
		if final {
			return
		}
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return
		}
	}
}

// listen is one stream, from its opening to its end.
func (q *Queue) listen(ctx context.Context) *Error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	q.lock.Lock()
	q.state.pending = nil
	request := &upnextv1.WatchWorkQueueRequest{Queue: q.name, WindowSize: q.window, ResumeToken: q.state.token}
	silence := time.AfterFunc(q.state.silence, cancel)
	q.lock.Unlock()
	defer silence.Stop()

	stream, err := q.client.WorkQueue.WatchWorkQueue(ctx, request)
	for err == nil {
		var message *upnextv1.WatchWorkQueueResponse
		if message, err = stream.Recv(); err == nil {
			q.change(func() *Change {
				q.reopening.heard()
				change := q.state.apply(message)
				silence.Reset(q.state.silence)
				return change
			})
		}
	}
	var failed *Error
	errors.As(err, &failed)
	return failed
}

// change does something under the lock, then tells everybody who waits, and the callback.
func (q *Queue) change(do func() *Change) {
	q.lock.Lock()
	change := do()
	close(q.changed)
	q.changed = make(chan struct{})
	q.lock.Unlock()
	if change == nil || q.onChange == nil {
		return
	}
	defer func() {
		if failed := recover(); failed != nil {
			q.reopening.log.Error("onChange panicked", "queue", q.name, "panic", failed)
		}
	}()
	q.onChange(q, *change)
}
