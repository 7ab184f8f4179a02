package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import org.springframework.stereotype.Service;

/** Saves stacks such that who comes second loses nothing: what was refused as stale is kept as a draft. */
@Service
public class StackSaving {
    private final StackService stacks;
    private final DraftService drafts;

    StackSaving(StackService stacks, DraftService drafts) {
        this.stacks = stacks;
        this.drafts = drafts;
    }

    @Requires(Permission.STACK_WRITE)
    public StackRevision save(Cluster cluster, StackSpec spec, int expectedRevision, String message, Writer writer) {
        try {
            return stacks.save(cluster, spec, expectedRevision, message, writer);
        } catch (LightvesselException e) {
            if (e.error() != StackError.STACK_STALE) {
                throw e;
            }
            throw kept(cluster, spec, expectedRevision, message, e);
        }
    }

    private LightvesselException kept(
            Cluster cluster, StackSpec spec, int base, String message, LightvesselException stale) {
        try {
            Draft draft = drafts.create(cluster, spec, base, message);
            return new StaleStackException(String.valueOf(stale.getMessage()), draft);
        } catch (LightvesselException e) {
            // There never was such a revision, or there are too many drafts: then only the sender has it.
            stale.addSuppressed(e);
            return stale;
        }
    }
}
