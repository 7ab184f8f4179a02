package io.lightvessel.gateway.discovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;

/** Asks DNS through the JDK: over UDP, and over TCP when an answer does not fit. */
public final class JndiDns implements DnsLookup {

    private static final String TIMEOUT_MILLIS = "2000";
    private static final String TRIES = "2";

    private final String servers;
    private final SearchList search;

    private JndiDns(String servers, SearchList search) {
        this.servers = servers;
        this.search = search;
    }

    /** The servers and search domains of the machine, read anew for each lookup. */
    public static JndiDns ofSystem() {
        return new JndiDns("dns:", SearchList.ofSystem());
    }

    /** One server, and names as they are. */
    static JndiDns of(String host, int port) {
        return new JndiDns("dns://" + host + ":" + port, SearchList.NONE);
    }

    @Override
    public List<String> records(String name, DiscoveryConfig.Dns.Type type) throws IOException {
        for (String candidate : search.candidates(name)) {
            List<String> found = lookup(candidate, type);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** The one provider asked is DNS's, which makes texts of what it reads and never objects. */
    @SuppressWarnings("BanJNDI")
    private List<String> lookup(String name, DiscoveryConfig.Dns.Type type) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                Attributes attributes =
                        context.getAttributes(new CompositeName().add(name), new String[] {type.name()});
                Attribute records = attributes.get(type.name());
                List<String> found = new ArrayList<>();
                if (records != null) {
                    for (Object record : Collections.list(records.getAll())) {
                        found.add(String.valueOf(record));
                    }
                }
                return found;
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IOException(describe(e), e);
        }
    }

    /** JNDI's messages end with what its own naming made of the name. */
    private static String describe(NamingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
