package io.lightvessel.gateway.discovery;

import java.io.IOException;
import java.util.List;

/** Asks for the records of a name. May block. */
@FunctionalInterface
public interface DnsLookup {

    /**
     * The records as zone files write them, such as {@code 10 60 9100 node-1.example.} for SRV; none when there is no such
     * name, which is an answer.
     *
     * @throws IOException when there is no answer; its message is a sentence
     */
    List<String> records(String name, DiscoveryConfig.Dns.Type type) throws IOException;
}
