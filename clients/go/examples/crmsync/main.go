// A CRM's side: upserts leads from a CSV file with a header line and a column id, then prints what
// a seller completes.
//
//	UPNEXT_KEY=… go run ./examples/crmsync leads.csv sellers/ana
//
// The key is a sales manager's, who may watch a seller's queue. Attributes have to be declared
// before; each column is a text. It begins anew each time: what must not be missed comes from
// WatchEvents, which needs a key with the role integration.
package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"log"
	"os"

	"google.golang.org/protobuf/types/known/structpb"

	"upnext.dev/go/upnext"
	upnextv1 "upnext.dev/go/upnext/v1"
)

const perBatch = 500

func main() {
	ctx := context.Background()
	client, err := upnext.FromEnv()
	check(err)
	defer client.Close()
	records, err := read(os.Args[1])
	check(err)
	for len(records) > 0 {
		batch := records[:min(perBatch, len(records))]
		records = records[len(batch):]
		check(upsert(ctx, client, batch))
	}
	follow(ctx, client, os.Args[2])
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func read(path string) ([]*upnextv1.RecordUpsert, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}

	var records []*upnextv1.RecordUpsert
	for _, row := range rows[1:] {
		record := &upnextv1.RecordUpsert{Attributes: &structpb.Struct{Fields: map[string]*structpb.Value{}}}
		for i, name := range rows[0] {
			switch {
			case name == "id":
				record.Id = row[i]
			case row[i] != "":
				record.Attributes.Fields[name] = structpb.NewStringValue(row[i])
			}
		}
		records = append(records, record)
	}
	return records, nil
}

// upsert sends a batch; each record succeeds or fails by itself.
func upsert(ctx context.Context, client *upnext.Client, records []*upnextv1.RecordUpsert) error {
	request := &upnextv1.BatchUpsertRecordsRequest{RecordType: "lead", Records: records}
	answer, err := client.Records.BatchUpsertRecords(ctx, request)
	if err != nil {
		return err
	}
	for i, result := range answer.GetResults() {
		if failed := result.GetError(); failed != nil {
			fmt.Printf("%s: %v\n", records[i].GetId(), upnext.FromStatus(failed))
		}
	}
	fmt.Printf("%d records sent\n", len(records))
	return nil
}

// follow asks about each activity that leaves the queue, and prints the ones that were completed.
func follow(ctx context.Context, client *upnext.Client, name string) {
	gone := make(chan string, 1000)
	queue := client.Watch(ctx, name, func(_ *upnext.Queue, change upnext.Change) {
		for _, activity := range change.Removed {
			gone <- activity.GetName()
		}
	})
	defer queue.Close()
	for name := range gone {
		answer, err := client.WorkQueue.GetActivity(ctx, &upnextv1.GetActivityRequest{Name: name})
		check(err)
		activity := answer.GetActivity()
		if activity.GetState() == upnextv1.Activity_COMPLETED {
			fmt.Printf("%s %q %s by %s\n", activity.GetRecord(), activity.GetDisplayName(), activity.GetOutcome(), activity.GetClosedBy())
		}
	}
}
