package dev.upnext.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;

/** Where the server is, and whether TLS is spoken with it. */
record Address(String host, int port, boolean tls) {
  private static final Map<String, Integer> PORTS = Map.of("none", 50051, "http", 80, "https", 443);

  /**
   * Reads an address: a scheme decides about TLS; without one it is spoken except with this
   * machine.
   */
  static Address parse(String text) {
    String trimmed = text.trim();
    URI uri;
    try {
      uri = URI.create(trimmed.contains("://") ? trimmed : "none://" + trimmed);
    } catch (IllegalArgumentException e) {
      throw wrong(trimmed);
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (uri.getHost() == null || uri.getUserInfo() != null || !PORTS.containsKey(uri.getScheme()) || !path.matches("/?")) {
      throw wrong(trimmed);
    }

    boolean tls = uri.getScheme().equals("https") || uri.getScheme().equals("none") && !isLoopback(uri.getHost());
    return new Address(uri.getHost(), uri.getPort() == -1 ? PORTS.get(uri.getScheme()) : uri.getPort(), tls);
  }

  private static boolean isLoopback(String host) {
    try {
      boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
      return host.equals("localhost") || literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "address \"" + text + "\": it must be host:port, http://host:port or https://host:port");
  }
}
