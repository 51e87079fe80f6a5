// Measures River, at the settings at which it is fastest, on the Postgres that PGHOST and its
// siblings name. Prints one JSON object.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// As many as are inserted at once.
const batch = 5_000

type args struct {
	// In nanoseconds since 1970; zero: at once.
	DueAt int64 `json:"due_at"`
}

func (args) Kind() string { return "peer" }

// Notes how late each job starts.
type worker struct {
	river.WorkerDefaults[args]
	mutex    sync.Mutex
	lateness []float64
	left     int
	done     chan struct{}
}

func (w *worker) Work(_ context.Context, job *river.Job[args]) error {
	late := float64(time.Now().UnixNano()-job.Args.DueAt) / 1e6
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.lateness = append(w.lateness, late)
	w.left--
	if w.left == 0 {
		close(w.done)
	}
	return nil
}

type client = river.Client[pgx.Tx]

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command string, arguments []string) error {
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return err
	}
	config.MaxConns = 16
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	if command == "prepare" {
		migrator, err := rivermigrate.New(riverpgxv5.New(pool), nil)
		if err != nil {
			return err
		}
		_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	}

	count, err := strconv.Atoi(arguments[0])
	if err != nil {
		return err
	}
	answer, err := measure(ctx, pool, command, count)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

func measure(ctx context.Context, pool *pgxpool.Pool, command string, count int) (map[string]float64, error) {
	done := &worker{left: count, done: make(chan struct{})}
	switch command {
	case "scheduled":
		client, err := start(ctx, pool, done)
		if err != nil {
			return nil, err
		}
		first := time.Now().Add(2 * time.Second)
		due := func(n int) time.Time { return first.Add(time.Duration(n) * 10 * time.Millisecond) }
		if err := insert(ctx, client, count, due); err != nil {
			return nil, err
		}
		<-done.done
		sort.Float64s(done.lateness)
		answer := map[string]float64{"p50": done.lateness[count/2], "p99": done.lateness[count*99/100]}
		return answer, client.Stop(ctx)

	case "burst":
		client, err := start(ctx, pool, done)
		if err != nil {
			return nil, err
		}
		at := time.Now().Add(8 * time.Second)
		if err := insert(ctx, client, count, func(int) time.Time { return at }); err != nil {
			return nil, err
		}
		<-done.done
		sort.Float64s(done.lateness)
		return map[string]float64{"last": done.lateness[count-1]}, client.Stop(ctx)

	case "insert":
		client, err := create(pool, done, time.Millisecond)
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if err := insert(ctx, client, count, nil); err != nil {
			return nil, err
		}
		return map[string]float64{"rate": float64(count) / time.Since(began).Seconds()}, nil

	case "complete":
		client, err := create(pool, done, 2*time.Millisecond)
		if err != nil {
			return nil, err
		}
		if err := insert(ctx, client, count, nil); err != nil {
			return nil, err
		}
		began := time.Now()
		if err := client.Start(ctx); err != nil {
			return nil, err
		}
		<-done.done
		// Stopping waits until what was done is saved.
		if err := client.Stop(ctx); err != nil {
			return nil, err
		}
		return map[string]float64{"rate": float64(count) / time.Since(began).Seconds()}, nil
	}
	return nil, fmt.Errorf("unknown command %s", command)
}

// Makes a client that fetches as soon and as often as it can.
func create(pool *pgxpool.Pool, worker *worker, pause time.Duration) (*client, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, worker)
	return river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger:            slog.New(slog.DiscardHandler),
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2_000}},
		Workers:           workers,
		FetchCooldown:     pause,
		FetchPollInterval: pause,
	})
}

func start(ctx context.Context, pool *pgxpool.Pool, worker *worker) (*client, error) {
	client, err := create(pool, worker, time.Millisecond)
	if err != nil {
		return nil, err
	}
	return client, client.Start(ctx)
}

// Inserts jobs, the n-th of which is due at due(n). Without due: at once.
func insert(ctx context.Context, client *client, count int, due func(int) time.Time) error {
	for from := 0; from < count; from += batch {
		var jobs []river.InsertManyParams
		for n := from; n < min(count, from+batch); n++ {
			job := river.InsertManyParams{Args: args{}}
			if due != nil {
				job = river.InsertManyParams{
					Args:       args{DueAt: due(n).UnixNano()},
					InsertOpts: &river.InsertOpts{ScheduledAt: due(n)},
				}
			}
			jobs = append(jobs, job)
		}
		if _, err := client.InsertManyFast(ctx, jobs); err != nil {
			return err
		}
	}
	return nil
}
