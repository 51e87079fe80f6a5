// The smallest honest seller: does what is next, for ever.
//
//	UPNEXT_KEY=… go run ./examples/seller sellers/ana
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"upnext.dev/go/upnext"
	upnextv1 "upnext.dev/go/upnext/v1"
)

func main() {
	ctx := context.Background()
	client, err := upnext.FromEnv()
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	queue := client.Watch(ctx, os.Args[1], nil)
	for lines := bufio.NewScanner(os.Stdin); ; {
		head, err := queue.Head(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s; return, or a call's outcome: ", head.GetDisplayName(), head.GetRecordDisplayName())
		if !lines.Scan() {
			return
		}

		_, err = client.WorkQueue.CompleteActivity(ctx, &upnextv1.CompleteActivityRequest{Name: head.GetName(), Outcome: lines.Text()})
		if err != nil && !errors.Is(err, upnext.Because(upnextv1.ErrorReason_ACTIVITY_CLOSED)) {
			fmt.Println(err)
			continue
		}
		// Until the list shows it.
		_ = queue.Until(ctx, func(q *upnext.Queue) bool { return len(q.Items()) == 0 || q.Items()[0].GetName() != head.GetName() })
	}
}
