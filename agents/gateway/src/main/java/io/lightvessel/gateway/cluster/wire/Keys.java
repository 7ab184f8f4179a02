package io.lightvessel.gateway.cluster.wire;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Targets' keys within one message: a pool's name is written once. */
final class Keys {

    /** Longer names of pools are refused. */
    static final int MAX_POOL = 1024;

    private final Map<String, Integer> written = new HashMap<>();
    private final List<String> read = new ArrayList<>();

    void write(Output out, TargetKey key) {
        Integer known = written.get(key.pool());
        if (known == null) {
            out.small(written.size()).text(key.pool());
            written.put(key.pool(), written.size());
        } else {
            out.small(known);
        }
        out.number(key.hash());
    }

    TargetKey read(Input in) throws MalformedMessage {
        int index = in.size("pool", read.size());
        if (index == read.size()) {
            read.add(in.text(MAX_POOL));
        }
        return new TargetKey(read.get(index), in.number());
    }
}
