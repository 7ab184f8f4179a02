package io.lightvessel.gateway.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the addresses a host name stands for; may block. */
@FunctionalInterface
public interface NameResolver {

    /** The machine's own resolver. Java keeps answers for a while: see {@code networkaddress.cache.ttl}. */
    NameResolver SYSTEM = host -> Stream.of(InetAddress.getAllByName(host)).toList();

    /** At least one address, in the order in which they are to be tried. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The addresses without the same one twice. */
    default Set<InetAddress> distinct(String host) throws UnknownHostException {
        return new java.util.LinkedHashSet<>(resolve(host));
    }
}
