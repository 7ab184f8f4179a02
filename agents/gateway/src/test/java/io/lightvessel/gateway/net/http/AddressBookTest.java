package io.lightvessel.gateway.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private final AddressBook book = new AddressBook();
    private InetAddress a;
    private InetAddress b;
    private InetAddress c;

    @BeforeEach
    void name() throws UnknownHostException {
        a = InetAddress.getByName("10.0.0.1");
        b = InetAddress.getByName("10.0.0.2");
        c = InetAddress.getByName("10.0.0.3");
        book.found(List.of(a, b, c));
    }

    @Test
    void addressesThatAreAlikeTakeTurnsInBeingFirst() {
        assertThat(book.order(0)).containsExactly(a, b, c);
        assertThat(book.order(1)).containsExactly(b, c, a);
        assertThat(book.order(-1)).containsExactly(c, a, b);
    }

    @Test
    void fewerConnectionsComeFirstAndFailuresLast() {
        book.opened(a);
        book.opened(a);
        book.opened(b);
        book.avoid(c);
        assertThat(book.order(0)).containsExactly(b, a, c);
        book.closed(a);
        book.closed(a);
        assertThat(book.order(0)).containsExactly(a, b, c);
        book.forgive(c);
        assertThat(book.order(2)).containsExactly(c, a, b);
    }

    @Test
    void whatHasNoConnectionAndDidNotFailLacksOne() {
        assertThat(book.uncovered(0)).containsExactly(a, b, c);
        book.opened(a);
        book.avoid(b);
        assertThat(book.uncovered(0)).containsExactly(c);
        assertThat(book.hasUncovered()).isTrue();
        book.opened(c);
        assertThat(book.hasUncovered()).isFalse();
        book.forgive(b);
        assertThat(book.uncovered(0)).containsExactly(b);
        book.found(List.of(a, c));
        assertThat(book.hasUncovered()).isFalse();
    }

    @Test
    void aNameWithoutAddressesHasNothingToTry() {
        book.found(List.of());
        assertThat(book.order(5)).isEmpty();
        assertThat(book.hasUncovered()).isFalse();
    }
}
