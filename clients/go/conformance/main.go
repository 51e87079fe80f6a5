// Runs the scenario that every SDK runs, or listens to a queue for the fault test.
//
//	conformance scenario FILE      conformance listen QUEUE
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	// JSON of a batch's errors names its types.
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"upnext.dev/go/upnext"
	upnextv1 "upnext.dev/go/upnext/v1"
)

type step struct {
	Do, Call, Key, Pages, Watch string
	Request, Expect, Error      any
	Wait                        *string
	Until                       int
	Count, AtLeast              *int
	Save                        map[string]string
}

type runner struct {
	client *upnext.Client
	queue  *upnext.Queue
	saved  map[string]string
}

func main() {
	client, err := upnext.Connect(options())
	must(err)
	defer client.Close()
	if os.Args[1] == "listen" {
		listen(client, os.Args[2])
	} else {
		scenario(client, os.Args[2])
	}
}

// options are as the driver says: with certificates, or a key that is read from its file before
// each call.
func options() (options upnext.Options) {
	if file := os.Getenv("UPNEXT_KEY_FILE"); file != "" {
		options.KeyFunc = func(context.Context) (string, error) {
			key, err := os.ReadFile(file)
			return string(key), err
		}
	}
	if file := os.Getenv("UPNEXT_CA"); file != "" {
		authority, err := os.ReadFile(file)
		must(err)
		certificate, err := tls.LoadX509KeyPair(os.Getenv("UPNEXT_CERT"), os.Getenv("UPNEXT_CERT_KEY"))
		must(err)
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(authority)
		options.TLS = &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{certificate}}
	}
	return options
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func scenario(client *upnext.Client, path string) {
	text, err := os.ReadFile(path)
	must(err)
	var steps []json.RawMessage
	must(json.Unmarshal(text, &steps))
	r := &runner{client: client, saved: map[string]string{
		"run": uuid.NewString()[:8], "fixed": uuid.NewString(), "tomorrow": time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339),
	}}
	for number, raw := range steps {
		var s step
		must(json.Unmarshal([]byte(r.fill(string(raw))), &s))
		if problem := r.step(s); problem != "" {
			must(fmt.Errorf("step %d, %s: %s", number+1, s.Do, problem))
		}
	}
	fmt.Printf("%d steps as promised\n", len(steps))
}

// fill replaces ${name} by what was saved.
func (r *runner) fill(text string) string {
	text = strings.ReplaceAll(text, "${uuid}", uuid.NewString())
	for name, value := range r.saved {
		text = strings.ReplaceAll(text, "${"+name+"}", value)
	}
	return text
}

func (r *runner) step(s step) string {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	found, err := r.do(ctx, s)
	var refused *upnext.Error
	if errors.As(err, &refused) && s.Error != nil {
		return difference(s.Error, errorJSON(refused), "")
	}
	if err != nil {
		return "refused: " + err.Error()
	}
	if s.Error != nil {
		return "not refused"
	}
	problem := difference(s.Expect, found, "")
	for name, path := range s.Save {
		if problem == "" {
			r.saved[name] = at(found, strings.Split(path, ".")).(string)
		}
	}
	return problem
}

func (r *runner) do(ctx context.Context, s step) (any, error) {
	if s.Wait != nil {
		result, err := r.client.Wait(ctx, *s.Wait, func(*upnextv1.OperationMetadata) {})
		return asJSON(result), err
	}
	if s.Call == "" {
		if s.Watch != "" {
			r.queue = r.client.Watch(context.Background(), s.Watch, nil)
		}
		return nil, r.queue.Until(ctx, func(q *upnext.Queue) bool { return q.Live() && len(q.Items()) == s.Until })
	}

	client := r.client
	if s.Key != "" {
		other, err := upnext.Connect(upnext.Options{Key: s.Key})
		must(err)
		defer other.Close()
		client = other
	}
	method := s.Call[strings.Index(s.Call, "/")+1:]
	request := newMessage(method + "Request")
	text, err := json.Marshal(s.Request)
	must(err)
	must(protojson.Unmarshal(text, request))
	if s.Pages != "" {
		return nil, r.pages(ctx, client, s, request)
	}
	response := newMessage(method + "Response")
	err = client.Connection().Invoke(ctx, "/upnext.v1."+s.Call, request, response)
	return asJSON(response), err
}

func (r *runner) pages(ctx context.Context, client *upnext.Client, s step, request proto.Message) error {
	list := func(ctx context.Context, request proto.Message, options ...grpc.CallOption) (upnext.Page, error) {
		page := newMessage(strings.TrimSuffix(string(request.ProtoReflect().Descriptor().Name()), "Request") + "Response")
		return page.(upnext.Page), client.Connection().Invoke(ctx, "/upnext.v1."+s.Call, request, page, options...)
	}
	items := func(page upnext.Page) []any {
		listed, _ := asJSON(page.(proto.Message)).(map[string]any)[s.Pages].([]any)
		return listed
	}
	count := 0
	for _, err := range upnext.All(ctx, list, request, items) {
		if err != nil {
			return err
		}
		count++
	}
	if s.Count != nil && count != *s.Count || s.AtLeast != nil && count < *s.AtLeast {
		return fmt.Errorf("%d items", count)
	}
	return nil
}

func newMessage(name string) proto.Message {
	found, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("upnext.v1." + name))
	must(err)
	return found.New().Interface()
}

func asJSON(message proto.Message) (value any) {
	text, err := protojson.Marshal(message)
	must(err)
	must(json.Unmarshal(text, &value))
	return value
}

func errorJSON(e *upnext.Error) any {
	violations := []any{}
	for _, v := range e.Violations {
		violations = append(violations, map[string]any{"field": v.Field, "reason": v.Reason})
	}
	metadata := map[string]any{}
	for name, value := range e.Metadata {
		metadata[name] = value
	}
	return map[string]any{"code": codeName(e.Code), "reason": e.Reason, "metadata": metadata, "violations": violations}
}

func codeName(code codes.Code) string {
	var name strings.Builder
	for i, letter := range code.String() {
		if i > 0 && letter >= 'A' && letter <= 'Z' {
			name.WriteByte('_')
		}
		name.WriteRune(letter)
	}
	return strings.ToUpper(name.String())
}

func at(value any, path []string) any {
	for _, part := range path {
		if index, err := strconv.Atoi(part); err == nil {
			value = value.([]any)[index]
		} else {
			value = value.(map[string]any)[part]
		}
	}
	return value
}

// difference says where the answer isn't as expected; "" if it is.
func difference(expected, found any, path string) string {
	switch expected := expected.(type) {
	case map[string]any:
		fields, _ := found.(map[string]any)
		for name, one := range expected {
			if problem := difference(one, fields[name], path+"."+name); problem != "" {
				return problem
			}
		}
		return ""
	case []any:
		items, _ := found.([]any)
		if len(items) != len(expected) {
			return fmt.Sprintf("%s has %d items, not %d", path, len(items), len(expected))
		}
		for i, one := range expected {
			if problem := difference(one, items[i], fmt.Sprintf("%s[%d]", path, i)); problem != "" {
				return problem
			}
		}
		return ""
	}
	isDefault := expected == 0.0 || expected == "0" || expected == "" || expected == false
	if expected == nil || expected == "*" && found != nil && found != "" || reflect.DeepEqual(expected, found) || found == nil && isDefault {
		return ""
	}
	return fmt.Sprintf("%s is %v, not %v", path, found, expected)
}

func listen(client *upnext.Client, name string) {
	queue := client.Watch(context.Background(), name, nil, upnext.Window(500))
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		items, names := [][2]string{}, map[string]bool{}
		for _, activity := range queue.Items() {
			items = append(items, [2]string{activity.GetName(), activity.GetEtag()})
			names[activity.GetName()] = true
		}
		var reason string
		var ended *upnext.Error
		if errors.As(queue.LastError(), &ended) {
			reason = ended.Reason
		}
		must(json.NewEncoder(os.Stdout).Encode(map[string]any{
			"revision": queue.Revision(), "live": queue.Live(), "items": items, "due": queue.Counts().GetDue(),
			"twice": len(items) - len(names), "reconnects": queue.Reconnects(), "error": reason,
		}))
	}
}
