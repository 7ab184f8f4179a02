package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What tools own: a stack or blueprint that a tool writes is the tool's from then on, and nothing else changes it until somebody
 * takes it over. What people have
 * taken over is theirs in the same way, so that the tool does not undo their work.
 */
@Service
@Transactional(readOnly = true)
public class Ownership {
    private final ManagerStore managers;
    private final Audit audit;

    Ownership(ManagerStore managers, Audit audit) {
        this.managers = managers;
        this.audit = audit;
    }

    @Requires(Permission.STACK_READ)
    public Optional<Manager> ofStack(Cluster cluster) {
        return managers.find(Owned.Stack.of(cluster));
    }

    @Requires(Permission.STACK_READ)
    public Optional<Manager> ofBlueprint(String slug) {
        return managers.find(new Owned.OfBlueprint(slug));
    }

    /** Fails as a write would. */
    @Requires(Permission.STACK_READ)
    public void checkStack(Cluster cluster, Writer writer) {
        check(Owned.Stack.of(cluster), writer);
    }

    /** Fails as a write would. */
    @Requires(Permission.STACK_READ)
    public void checkBlueprint(String slug, Writer writer) {
        check(new Owned.OfBlueprint(slug), writer);
    }

    /** Takes a stack over from the tool that owns it, for people to change. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public void releaseStack(Cluster cluster) {
        claim(Owned.Stack.of(cluster), new Writer(null, true));
    }

    /** Takes a blueprint over from the tool that owns it, for people to change. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public void releaseBlueprint(String slug) {
        claim(new Owned.OfBlueprint(slug), new Writer(null, true));
    }

    /** Lets a write go on, and makes what is written the writer's. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    void claim(Owned owned, Writer writer) {
        Manager before = managers.lock(owned).orElse(null);
        Manager tool = writer.manager();
        if (before == null ? tool == null : writer.is(before)) {
            audit.unchanged();
        } else if (before != null) {
            require(owned, before, writer);
            Manager after = tool == null ? Manager.console(TenantScope.actor().name()) : tool;
            managers.update(owned, after);
            audit.changed(owned.kind() + ".take_over", owned.target(), told(before), told(after));
        } else if (managers.insert(owned, Objects.requireNonNull(tool))) {
            audit.created(owned.kind() + ".claim", owned.target(), told(tool));
        } else {
            throw managed(owned, managers.find(owned).orElse(tool));
        }
    }

    private void check(Owned owned, Writer writer) {
        require(owned, managers.find(owned).orElse(null), writer);
    }

    private static void require(Owned owned, @Nullable Manager manager, Writer writer) {
        if (manager != null && !writer.force() && !writer.is(manager)) {
            throw managed(owned, manager);
        }
    }

    private static Map<String, Object> told(Manager manager) {
        return Map.of("managedBy", manager.text());
    }

    private static LightvesselException managed(Owned owned, Manager manager) {
        return new LightvesselException(
                StackError.STACK_MANAGED,
                "%s is managed by %s and is changed there. To change it here all the same, take it over: force=true."
                        .formatted(owned.words(), manager.words()));
    }
}
