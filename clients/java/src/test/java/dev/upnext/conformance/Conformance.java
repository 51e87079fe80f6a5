package dev.upnext.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.upnext.client.LiveQueue;
import dev.upnext.client.Pages;
import dev.upnext.client.Upnext;
import dev.upnext.client.UpnextError;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs the scenario that every SDK runs, or listens to a queue for the fault test: scenario FILE,
 * or listen QUEUE.
 */
public final class Conformance {
  private static final JsonFormat.TypeRegistry DETAILS = JsonFormat.TypeRegistry.newBuilder()
      .add(List.of(ErrorInfo.getDescriptor(), BadRequest.getDescriptor(), ResourceInfo.getDescriptor(), RetryInfo.getDescriptor(),
          PreconditionFailure.getDescriptor(), QuotaFailure.getDescriptor()))
      .build();

  private final Upnext client = connect();
  private final Map<String, String> saved = new HashMap<>();
  private LiveQueue queue;

  public static void main(String[] arguments) throws Exception {
    Conformance runner = new Conformance();
    try (runner.client) {
      if (arguments[0].equals("listen")) {
        runner.listen(arguments[1]);
      } else {
        runner.scenario(Path.of(arguments[1]));
      }
    }
  }

  /**
   * As the driver says: with certificates, or a key that is read from its file before each call.
   */
  private static Upnext connect() {
    var builder = Upnext.builder();
    String keyFile = System.getenv("UPNEXT_KEY_FILE");
    if (keyFile != null) {
      builder.key(() -> text(keyFile));
    }
    if (System.getenv("UPNEXT_CA") == null) {
      return builder.connect();
    }
    var tls = TlsChannelCredentials.newBuilder();
    try {
      tls.trustManager(file("UPNEXT_CA")).keyManager(file("UPNEXT_CERT"), file("UPNEXT_CERT_KEY"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder.tls(tls.build()).connect();
  }

  private static File file(String variable) {
    return new File(System.getenv(variable));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void scenario(Path path) throws Exception {
    saved.put("run", UUID.randomUUID().toString().substring(0, 8));
    saved.put("fixed", UUID.randomUUID().toString());
    saved.put("tomorrow", Instant.now().plus(1, ChronoUnit.DAYS).toString());
    JsonArray steps = JsonParser.parseString(Files.readString(path)).getAsJsonArray();
    for (int i = 0; i < steps.size(); i++) {
      JsonObject step = JsonParser.parseString(fill(steps.get(i).toString())).getAsJsonObject();
      String problem = run(step);
      if (!problem.isEmpty()) {
        System.err.println("step " + (i + 1) + ", " + step.get("do").getAsString() + ": " + problem);
        System.exit(1);
      }
    }
    System.out.println(steps.size() + " steps as promised");
  }

  private String fill(String text) {
    String filled = text.replace("${uuid}", UUID.randomUUID().toString());
    for (var value : saved.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  private String run(JsonObject step) throws Exception {
    JsonElement found;
    try {
      found = answer(step);
    } catch (StatusRuntimeException e) {
      UpnextError error = UpnextError.of(e);
      return step.has("error") ? difference(step.get("error"), json(error), "") : "refused: " + error;
    }
    if (step.has("error")) {
      return "not refused";
    }
    String problem = step.has("expect") ? difference(step.get("expect"), found, "") : "";
    if (problem.isEmpty() && step.has("save")) {
      step.getAsJsonObject("save").entrySet().forEach(e -> saved.put(e.getKey(), at(found, e.getValue().getAsString())));
    }
    return problem;
  }

  private JsonElement answer(JsonObject step) throws Exception {
    if (step.has("wait")) {
      return json(client.await(step.get("wait").getAsString(), progress -> {}));
    } else if (!step.has("call")) {
      if (step.has("watch")) {
        queue = client.watch(step.get("watch").getAsString(), change -> {});
      }
      int until = step.get("until").getAsInt();
      queue.await(q -> q.live() && q.items().size() == until, Duration.ofSeconds(20));
      return new JsonObject();
    } else if (!step.has("key")) {
      return call(client, step);
    }
    try (Upnext other = Upnext.builder().key(step.get("key").getAsString()).connect()) {
      return call(other, step);
    }
  }

  @SuppressWarnings("unchecked")
  private static JsonElement call(Upnext client, JsonObject step) throws Exception {
    String[] names = step.get("call").getAsString().split("/");
    var service = (ServiceDescriptor) Class.forName("dev.upnext.v1." + names[0] + "Grpc").getMethod("getServiceDescriptor").invoke(null);
    var method = (MethodDescriptor<Message, Message>) service.getMethods().stream()
        .filter(m -> m.getBareMethodName().equals(names[1])).findFirst().orElseThrow();
    var empty = (Message) Class.forName("dev.upnext.v1." + names[1] + "Request").getMethod("getDefaultInstance").invoke(null);
    Message.Builder request = empty.toBuilder();
    JsonFormat.parser().merge(step.get("request").toString(), request);
    if (!step.has("pages")) {
      return json(ClientCalls.blockingUnaryCall(client.channel(), method, CallOptions.DEFAULT, request.build()));
    }

    var field = step.get("pages").getAsString();
    int count = 0;
    for (Object item : Pages.<Message, Message, Object>of(
        one -> ClientCalls.blockingUnaryCall(client.channel(), method, CallOptions.DEFAULT, one),
        request.build(),
        page -> (List<Object>) page.getField(page.getDescriptorForType().findFieldByName(field)))) {
      count += item == null ? 0 : 1;
    }
    if (step.has("count") && count != step.get("count").getAsInt() || step.has("atLeast") && count < step.get("atLeast").getAsInt()) {
      throw new IllegalStateException(count + " items");
    }
    return new JsonObject();
  }

  private static JsonElement json(Message message) throws Exception {
    return JsonParser.parseString(JsonFormat.printer().usingTypeRegistry(DETAILS).print(message));
  }

  private static JsonElement json(UpnextError error) {
    JsonArray violations = new JsonArray();
    for (var violation : error.violations()) {
      violations.add(new Gson().toJsonTree(Map.of("field", violation.field(), "reason", violation.reason())));
    }
    JsonObject object = new JsonObject();
    object.addProperty("code", error.code().name());
    object.addProperty("reason", error.reason().name());
    object.add("metadata", new Gson().toJsonTree(error.metadata()));
    object.add("violations", violations);
    return object;
  }

  private static String at(JsonElement value, String path) {
    for (String part : path.split("[.]")) {
      value = value.isJsonArray() ? value.getAsJsonArray().get(Integer.parseInt(part)) : value.getAsJsonObject().get(part);
    }
    return value.getAsString();
  }

  /** Where the answer isn't as expected; "" if it is. */
  private static String difference(JsonElement expected, JsonElement found, String path) {
    if (expected.isJsonObject()) {
      JsonObject fields = found != null && found.isJsonObject() ? found.getAsJsonObject() : new JsonObject();
      return expected.getAsJsonObject().entrySet().stream()
          .map(e -> difference(e.getValue(), fields.get(e.getKey()), path + "." + e.getKey()))
          .filter(problem -> !problem.isEmpty()).findFirst().orElse("");
    } else if (expected.isJsonArray()) {
      JsonArray items = found == null ? new JsonArray() : found.getAsJsonArray();
      if (items.size() != expected.getAsJsonArray().size()) {
        return path + " has " + items.size() + " items, not " + expected.getAsJsonArray().size();
      }
      for (int i = 0; i < items.size(); i++) {
        String problem = difference(expected.getAsJsonArray().get(i), items.get(i), path + "[" + i + "]");
        if (!problem.isEmpty()) {
          return problem;
        }
      }
      return "";
    }
    boolean any = expected.equals(new JsonPrimitive("*")) && found != null && !found.equals(new JsonPrimitive(""));
    boolean missing = found == null && List.of("0", "", "false").contains(expected.getAsString());
    return any || missing || expected.equals(found) ? "" : path + " is " + found + ", not " + expected;
  }

  private void listen(String name) throws Exception {
    queue = client.watch(name, 500, change -> {});
    var lines = new BufferedReader(new InputStreamReader(System.in));
    while (lines.readLine() != null) {
      List<List<String>> items = new ArrayList<>();
      queue.items().forEach(activity -> items.add(List.of(activity.getName(), activity.getEtag())));
      var names = new HashSet<String>();
      items.forEach(item -> names.add(item.get(0)));
      System.out.println(new Gson().toJson(Map.of(
          "revision", queue.revision(), "live", queue.live(), "items", items, "due", queue.counts().getDue(),
          "twice", items.size() - names.size(), "reconnects", queue.reconnects(),
          "error", queue.lastError().map(UpnextError::reasonName).orElse(""))));
    }
  }
}
