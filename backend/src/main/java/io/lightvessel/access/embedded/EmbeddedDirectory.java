package io.lightvessel.access.embedded;

import io.lightvessel.access.Directory;
import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.tenancy.Tenant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The organizations the embedded provider's one account belongs to, as lines of a file beside the account. Nobody else can sign
 * in, so nobody else's are kept.
 */
class EmbeddedDirectory implements Directory {
    private final Path file;
    private final String account;
    private final String first;

    EmbeddedDirectory(Path file, EmbeddedAccount account, String first) {
        this.file = file;
        this.account = account.user();
        this.first = first;
    }

    /** What the provider says of its account. */
    synchronized List<String> organizations() {
        TreeSet<String> all = new TreeSet<>(List.of(first));
        PrivateFiles.read(file)
                .ifPresent(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(all::add));
        return List.copyOf(all);
    }

    @Override
    public boolean membersOnly() {
        return false;
    }

    @Override
    public String nameOf(String given) {
        return given;
    }

    @Override
    public boolean hasOrganization(Tenant tenant) {
        return true;
    }

    @Override
    public void createOrganization(Tenant tenant) {}

    @Override
    public void dropOrganization(Tenant tenant) {}

    @Override
    public boolean belongs(Tenant tenant, String name) {
        return name.equals(account) && organizations().contains(tenant.slug());
    }

    @Override
    public synchronized void join(Tenant tenant, String name) {
        if (name.equals(account)) {
            TreeSet<String> all = new TreeSet<>(organizations());
            all.add(tenant.slug());
            write(all);
        }
    }

    @Override
    public synchronized void leave(Tenant tenant, String name) {
        if (name.equals(account)) {
            TreeSet<String> all = new TreeSet<>(organizations());
            all.remove(tenant.slug());
            write(all);
        }
    }

    private void write(Collection<String> all) {
        PrivateFiles.write(file, (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
