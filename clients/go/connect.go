// Package upnext is the client of upnext: calls, typed errors, and each seller's live queue.
package upnext

import (
	"context"
	"crypto/tls"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

//go:embed service_config.json
var serviceConfig string

const defaultTimeout = 30 * time.Second

// Options say where the server is, and as whom to call it. The zero value reads the environment.
type Options struct {
	// Address is host:port, http://host:port or https://host:port; default UPNEXT_ADDRESS, then
	// 127.0.0.1:50051. Without a scheme, TLS is spoken except with this machine.
	Address string
	// Key is the API key; default UPNEXT_KEY.
	Key string
	// KeyFunc, if set, is asked for the key (or a JWT) before each call.
	KeyFunc func(context.Context) (string, error)
	// TLS has root certificates and the client's certificate; default the system's roots.
	TLS *tls.Config
	// Dial has further options of the connection.
	Dial []grpc.DialOption
}

// FromEnv connects to UPNEXT_ADDRESS with UPNEXT_KEY.
func FromEnv() (*Client, error) {
	return Connect(Options{})
}

// Connect makes a client. The connection is made by the first call.
func Connect(options Options) (*Client, error) {
	target, secure, err := parseAddress(firstOf(options.Address, os.Getenv("UPNEXT_ADDRESS"), "127.0.0.1:50051"))
	if err != nil {
		return nil, err
	}
	key, err := checkedKey(firstOf(options.Key, os.Getenv("UPNEXT_KEY")))
	if err != nil {
		return nil, err
	}
	keyFunc := options.KeyFunc
	if keyFunc == nil {
		keyFunc = func(context.Context) (string, error) { return key, nil }
	}

	transport := insecure.NewCredentials()
	if secure {
		transport = credentials.NewTLS(options.TLS)
	}
	connection, err := grpc.NewClient(target, append(dialOptions(transport, keyFunc), options.Dial...)...)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", target, err)
	}
	return newClient(connection, options.KeyFunc != nil), nil
}

func dialOptions(transport credentials.TransportCredentials, key keyFunc) []grpc.DialOption {
	quick := backoff.Config{BaseDelay: 250 * time.Millisecond, Multiplier: 2, Jitter: 0.2, MaxDelay: 2 * time.Second}
	return []grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: quick, MinConnectTimeout: 20 * time.Second}),
		// A dead peer is noticed after 30 s.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 20 * time.Second, Timeout: 10 * time.Second, PermitWithoutStream: true}),
		grpc.WithUnaryInterceptor(unary(key)),
		grpc.WithStreamInterceptor(stream(key)),
	}
}

func parseAddress(address string) (target string, secure bool, err error) {
	address = strings.TrimSpace(address)
	schemed := address
	if !strings.Contains(address, "://") {
		schemed = "none://" + address
	}
	parsed, err := url.Parse(schemed)
	ports := map[string]string{"none": "50051", "http": "80", "https": "443"}
	if err != nil || parsed.Hostname() == "" || strings.Trim(parsed.Path, "/") != "" || parsed.User != nil || ports[parsed.Scheme] == "" {
		return "", false, fmt.Errorf("address %q: it must be host:port, http://host:port or https://host:port", address)
	}

	secure = parsed.Scheme == "https" || parsed.Scheme == "none" && !isLoopback(parsed.Hostname())
	return net.JoinHostPort(parsed.Hostname(), firstOf(parsed.Port(), ports[parsed.Scheme])), secure, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// checkedKey trims a key, and refuses what a header can't carry.
func checkedKey(key string) (string, error) {
	key = strings.TrimSpace(key)
	if strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }) {
		return "", errors.New("the key has characters that no key has, a line break or a space for instance")
	}
	return key, nil
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
