package io.lightvessel.local.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The latest elements, up to a limit: the oldest goes when a new one comes. */
final class Recent<T> {

    private final int limit;
    private final ArrayDeque<T> elements = new ArrayDeque<>();

    Recent(int limit) {
        this.limit = limit;
    }

    synchronized void add(T element) {
        if (elements.size() == limit) {
            elements.removeFirst();
        }
        elements.addLast(element);
    }

    /** The newest elements that match, newest first. */
    synchronized List<T> newest(Predicate<? super T> matching, int count) {
        List<T> found = new ArrayList<>();
        Iterator<T> newestFirst = elements.descendingIterator();
        while (newestFirst.hasNext() && found.size() < count) {
            T element = newestFirst.next();
            if (matching.test(element)) {
                found.add(element);
            }
        }
        return found;
    }
}
