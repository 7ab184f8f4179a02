package io.lightvessel.gateway.cluster.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tells every member who owns what, for answers: all of it once, then what has changed. */
final class Bulletin {

    private final long every;
    private final Table table;
    private long toldAt;

    Bulletin(long every, Table table) {
        this.every = every;
        this.table = table;
    }

    void tell(long now, Collection<Follower> members) {
        if (now - toldAt < every) {
            return;
        }
        toldAt = now;
        Collection<Table.Entry> changed = table.takeChanged();
        List<Content.Row> gone = table.takeGone();
        for (Follower member : members) {
            if (!member.ready) {
                continue;
            }
            boolean first = !member.told;
            member.told = true;
            Collection<Table.Entry> entries = first ? table.all() : changed;
            List<Content.Row> rows = new ArrayList<>(first ? List.of() : gone);
            entries.forEach(entry -> rows.add(entry.row()));
            if (first && rows.isEmpty()) {
                member.commands.add(now, new Content.Owners(true, List.of()));
            }
            boolean[] beginning = {first};
            Chunks.of(rows, chunk -> {
                member.commands.add(now, new Content.Owners(beginning[0], chunk));
                beginning[0] = false;
            });
        }
    }
}
