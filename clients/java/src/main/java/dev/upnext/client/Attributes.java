package dev.upnext.client;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;

/** A record's attributes of a map: texts, numbers, booleans, lists, and null. */
public final class Attributes {
  private Attributes() {}

  /** {@code Attributes.of(Map.of("origin", "paid search", "revenue", 12000))}. */
  public static Struct of(Map<String, ?> values) {
    Struct.Builder struct = Struct.newBuilder();
    values.forEach((name, value) -> struct.putFields(name, valueOf(value)));
    return struct.build();
  }

  private static Value valueOf(Object value) {
    if (value == null) {
      return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    } else if (value instanceof String text) {
      return Value.newBuilder().setStringValue(text).build();
    } else if (value instanceof Number number) {
      return Value.newBuilder().setNumberValue(number.doubleValue()).build();
    } else if (value instanceof Boolean truth) {
      return Value.newBuilder().setBoolValue(truth).build();
    } else if (value instanceof List<?> list) {
      ListValue values = ListValue.newBuilder().addAllValues(list.stream().map(Attributes::valueOf).toList()).build();
      return Value.newBuilder().setListValue(values).build();
    }
    throw new IllegalArgumentException("no attribute is a " + value.getClass().getName());
  }
}
