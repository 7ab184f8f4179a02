package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.Slug;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The blueprints of the tenant in scope. */
@Service
@Transactional(readOnly = true)
public class BlueprintService {
    private static final int NAME_LENGTH = 100;

    private final BlueprintStore blueprints;
    private final InheritanceStore inheritances;
    private final BlueprintFollowers followers;
    private final BlueprintForm form;
    private final ClusterService clusters;
    private final Ownership ownership;
    private final Audit audit;
    private final Clock clock;

    BlueprintService(
            BlueprintStore blueprints,
            InheritanceStore inheritances,
            BlueprintFollowers followers,
            BlueprintForm form,
            ClusterService clusters,
            Ownership ownership,
            Audit audit,
            Clock clock) {
        this.blueprints = blueprints;
        this.inheritances = inheritances;
        this.followers = followers;
        this.form = form;
        this.clusters = clusters;
        this.ownership = ownership;
        this.audit = audit;
        this.clock = clock;
    }

    /** By slug. */
    @Requires(Permission.STACK_READ)
    public Page<Blueprint> list(PageRequest request) {
        return blueprints.list(request);
    }

    @Requires(Permission.STACK_READ)
    public Blueprint get(String slug) {
        return blueprints.find(slug).orElseThrow(() -> notFound(slug));
    }

    @Requires(Permission.STACK_READ)
    public BlueprintRevision revision(String slug, int number) {
        get(slug);
        return blueprints
                .find(slug, number)
                .orElseThrow(() -> new LightvesselException(
                        StackError.REVISION_NOT_FOUND,
                        "There is no revision %d of blueprint %s.".formatted(number, slug)));
    }

    /** Latest first. */
    @Requires(Permission.STACK_READ)
    public Page<BlueprintRevision> revisions(String slug, PageRequest request) {
        get(slug);
        return blueprints.revisions(slug, request);
    }

    /** The clusters that inherit from it now. */
    @Requires(Permission.STACK_READ)
    public Page<InheritingCluster> clusters(String slug, PageRequest request) {
        get(slug);
        Page<ClusterId> page = inheritances.list(slug, request);
        return new Page<>(
                page.items().stream()
                        .flatMap(id -> clusters.find(id).stream())
                        .map(cluster -> new InheritingCluster(
                                cluster.id(), cluster.slug(), cluster.name(), inheritances.follows(cluster.id())))
                        .toList(),
                page.nextPageToken());
    }

    /** Creates a blueprint with its first revision. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public BlueprintRevision create(String slug, String name, BlueprintContent content, String message, Writer writer) {
        checkNew(slug, name, content);
        try {
            blueprints.insert(slug, name, now(), TenantScope.actor().name());
        } catch (DataIntegrityViolationException e) {
            // Someone was faster between the check and the insert.
            throw exists(slug);
        }
        audit.created("blueprint.create", target(slug), Map.of("name", name, "revision", 1, "message", message));
        ownership.claim(new Owned.OfBlueprint(slug), writer);
        return insert(slug, 1, content, message);
    }

    /** Fails as {@link #create} would. */
    @Requires(Permission.STACK_READ)
    public void checkNew(String slug, String name, BlueprintContent content) {
        if (!Slug.isValid(slug)) {
            String detail = "slug: %s (expected: %s)".formatted(slug, Slug.EXPECTED);
            throw FieldErrors.invalid(List.of(new FieldError("/slug", "pattern", detail)));
        }
        if (name.isBlank() || name.length() > NAME_LENGTH) {
            String detail = "name: %d characters (expected: 1 to %d)"
                    .formatted(name.strip().length(), NAME_LENGTH);
            throw FieldErrors.invalid(List.of(new FieldError("/name", "size", detail)));
        }
        form.require(content);
        if (blueprints.find(slug).isPresent()) {
            throw exists(slug);
        }
    }

    /**
     * Saves the next revision and, for each cluster that follows, a revision of its stack. All of it or nothing: a change
     * that would break one of the clusters is refused.
     */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public BlueprintChange save(
            String slug, BlueprintContent content, int expectedRevision, String message, Writer writer) {
        form.require(content);
        RevisionWriter.requireMessage(message);
        if (!blueprints.lock(slug)) {
            throw notFound(slug);
        }
        ownership.claim(new Owned.OfBlueprint(slug), writer);
        int latest = get(slug).revision();
        if (latest != expectedRevision) {
            throw new LightvesselException(
                    StackError.BLUEPRINT_STALE,
                    "Blueprint %s is at revision %d, your change started from %d. Look at what changed and save again."
                            .formatted(slug, latest, expectedRevision));
        }
        BlueprintRevision revision = insert(slug, latest + 1, content, message);
        List<String> carried = followers.update(revision);
        audit.changed(
                "blueprint.save",
                target(slug),
                Map.of("revision", latest),
                Map.of("revision", revision.number(), "message", message, "clusters", carried.size()));
        return new BlueprintChange(revision, carried);
    }

    /** What {@link #save} would do, with the same failures. */
    @Requires(Permission.STACK_READ)
    public BlueprintChange preview(String slug, BlueprintContent content) {
        form.require(content);
        BlueprintRevision would = made(slug, get(slug).revision() + 1, content, "");
        return new BlueprintChange(would, followers.check(would));
    }

    /** Deletes a blueprint that no stack was ever made of. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public void delete(String slug, int expectedRevision, Writer writer) {
        Blueprint blueprint = get(slug);
        ownership.checkBlueprint(slug, writer);
        if (blueprint.revision() != expectedRevision) {
            throw new LightvesselException(
                    StackError.BLUEPRINT_STALE,
                    "Blueprint %s is at revision %d, not %d: someone changed it meanwhile."
                            .formatted(slug, blueprint.revision(), expectedRevision));
        }
        try {
            blueprints.delete(slug);
            audit.deleted("blueprint.delete", target(slug), Map.of("revision", blueprint.revision()));
        } catch (DataIntegrityViolationException e) {
            throw new LightvesselException(
                    StackError.BLUEPRINT_IN_USE,
                    "Blueprint %s cannot be deleted: %d clusters inherit from it, or the history of a stack refers to it."
                            .formatted(slug, blueprint.clusters()));
        }
    }

    private static String target(String slug) {
        return "blueprint/" + slug;
    }

    private BlueprintRevision insert(String slug, int number, BlueprintContent content, String message) {
        RevisionWriter.requireMessage(message);
        BlueprintRevision revision = made(slug, number, content, message);
        blueprints.insert(revision);
        return revision;
    }

    private BlueprintRevision made(String slug, int number, BlueprintContent content, String message) {
        return new BlueprintRevision(slug, number, TenantScope.actor().name(), message, now(), form.upgraded(content));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LightvesselException exists(String slug) {
        return new LightvesselException(
                StackError.BLUEPRINT_EXISTS, "There is a blueprint %s already. Choose another name.".formatted(slug));
    }

    private static LightvesselException notFound(String slug) {
        return new LightvesselException(
                StackError.BLUEPRINT_NOT_FOUND, "There is no blueprint %s in this tenant.".formatted(slug));
    }
}
