package dev.upnext.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Lists: their items, or their pages if you want what else a page says. */
public final class Pages {
  private Pages() {}

  /**
   * Every item of a list, read page by page: {@code Pages.of(client.sequences()::listSequences,
   * request, ListSequencesResponse::getSequencesList)}.
   */
  public static <Q extends Message, A extends Message, T> Iterable<T> of(
      Function<Q, A> call, Q request, Function<A, List<T>> items) {
    return () -> {
      Iterator<A> pages = whole(call, request).iterator();
      return new Iterator<>() {
        private Iterator<T> page = List.<T>of().iterator();

        @Override
        public boolean hasNext() {
          while (!page.hasNext() && pages.hasNext()) {
            page = items.apply(pages.next()).iterator();
          }
          return page.hasNext();
        }

        @Override
        public T next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return page.next();
        }
      };
    };
  }

  /** Every page of a list as the server answers it. */
  public static <Q extends Message, A extends Message> Iterable<A> whole(Function<Q, A> call, Q request) {
    return () -> new Iterator<>() {
      private Q next = request;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public A next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        A page = call.apply(next);
        next = after(next, (String) page.getField(page.getDescriptorForType().findFieldByName("next_page_token")));
        return page;
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <Q extends Message> Q after(Q request, String token) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("page_token");
    return token.isEmpty() ? null : (Q) request.toBuilder().setField(field, token).build();
  }
}
