package io.lightvessel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.CreatedApiToken;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.access.NewMember;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.FleetFixture.Home;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Role;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every change is in the log, in the transaction that made it, and nobody takes it out unseen. */
@ControlPlaneTest
class AuditIT {
    @Autowired
    private TestTenants tenants;

    @Autowired
    private FleetFixture fleet;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private EnrollmentTokens enrolmentTokens;

    @Autowired
    private ApiTokens apiTokens;

    @Autowired
    private Members members;

    @Autowired
    private AuditLog log;

    @Autowired
    private Audit audit;

    @Autowired
    private RestTestClient rest;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    @Qualifier("ownerDataSource")
    private DataSource owner;

    private TestTenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = tenants.create();
    }

    @Test
    void everyKindOfChangeIsThereWithoutItsSecrets() throws Exception {
        Home home = fleet.home();
        CreatedToken enrolment =
                home.create(NewEnrollmentToken.single("x", home.cluster().id()));
        home.in(() -> enrolmentTokens.revoke(enrolment.token().id()));
        home.in(() -> enrolmentTokens.revoke(enrolment.token().id()));
        CreatedApiToken api = home.in(() -> apiTokens.create(new NewApiToken("ci", Role.EDITOR, null)));
        home.in(() -> apiTokens.revoke(api.token().id()));
        home.in(() -> members.add(new NewMember("bea", Role.VIEWER)));
        home.in(() -> members.changeRole("bea", Role.ADMIN));
        home.tenant().run(() -> members.remove("bea"));
        String credential;
        try (SimulatedAgent agent = home.enrolled("a", "gateway")) {
            credential = agent.credential();
        }
        home.tenant().run(() -> fleet.agents().forget(home.agent("a").id()));
        home.tenant().run(() -> clusters.delete("prod", 0));

        assertThat(entries(home.tenant()).reversed())
                .extracting(AuditEntry::action)
                .containsExactly(
                        "member.add",
                        "api_token.create",
                        "cluster.create",
                        "stack.save",
                        "enrolment_token.create",
                        "enrolment_token.revoke",
                        "api_token.create",
                        "api_token.revoke",
                        "member.add",
                        "member.change_role",
                        "member.remove",
                        "enrolment_token.create",
                        "agent.enrol",
                        "agent.delete",
                        "cluster.delete");
        String everything = home.in(() -> fleet.dump("audit_entry"));
        assertThat(everything)
                .contains("user:ada", "{\"\"role\"\":\"\"VIEWER\"\"}", "{\"\"role\"\":\"\"ADMIN\"\"}")
                .doesNotContain(secret(enrolment.secret()), secret(api.text()), secret(credential));
        assertThat(verify(home.tenant()).broken()).isNull();
    }

    private static String secret(String token) {
        return token.split("_", 3)[2];
    }

    @Test
    void whatIsRolledBackIsNotThereEither() {
        long before = entries(tenant).size();
        assertThatThrownBy(() -> tenant.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    clusters.create(new NewCluster("gone"));
                    throw new IllegalStateException("no");
                })))
                .hasMessage("no");
        assertThat(entries(tenant)).hasSize((int) before);
        assertThatThrownBy(() -> tenant.run(() -> audit.created("x.y", "z", Map.of())))
                .hasMessage("x.y: no transaction (expected: that of the change)");
    }

    @Test
    void changesAtOnceAreOneChain() throws Exception {
        List<Callable<Boolean>> changes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String slug = "c" + i;
            changes.add(() -> {
                tenant.run(() -> clusters.create(new NewCluster(slug)));
                return true;
            });
        }
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> change : many.invokeAll(changes)) {
                assertThat(change.get()).isTrue();
            }
        }
        List<AuditEntry> entries = entries(tenant);
        assertThat(entries.reversed())
                .extracting(AuditEntry::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList());
        assertThat(verify(tenant))
                .isEqualTo(new Verification(66, entries.getFirst().hash(), null));
    }

    @Test
    void theControlPlaneItselfCannotChangeEntries() {
        for (String statement : List.of(
                "update audit_entry set actor = 'user:eve'", "delete from audit_entry", "truncate audit_entry")) {
            assertThatThrownBy(() -> tenant.run(() -> new TransactionTemplate(transactions)
                            .executeWithoutResult(status -> jdbc.sql(statement).update())))
                    .rootCause()
                    .hasMessageContaining("permission denied for table audit_entry");
        }
    }

    @Test
    void whatTheTablesOwnerChangesShows() {
        fill();
        tamper("update audit_entry set actor = 'user:eve' where number = 3");
        broken(3, "entry 3 is not as it was written");
    }

    @Test
    void whatTheTablesOwnerDeletesShows() {
        fill();
        tamper("delete from audit_entry where number = 4");
        broken(4, "entry 4 is missing: after 3 comes 5");
    }

    @Test
    void whatTheTablesOwnerCutsOffShows() {
        fill();
        tamper("delete from audit_entry where number > 4");
        broken(5, "entry 5 is missing: the log ended with 6");
    }

    @Test
    void whatTheTablesOwnerMovesShows() {
        fill();
        tamper("update audit_entry set number = case number when 3 then 1004 else 1003 end where number in (3, 4)");
        tamper("update audit_entry set number = number - 1000 where number > 1000");
        broken(3, "entry 3 does not follow entry 2: one of them was replaced or moved");
    }

    @Test
    void aDeletedEntryWithTheRestMovedUpShows() {
        fill();
        tamper("delete from audit_entry where number = 3");
        tamper("update audit_entry set number = number - 1 where number > 3");
        broken(3, "entry 3 does not follow entry 2: one of them was replaced or moved");
    }

    @Test
    void aForgedEntryWithAHashOfItsOwnBreaksTheNext() {
        fill();
        AuditEntry third = entries(tenant).reversed().get(2);
        AuditEntry forged = Chain.sealed(
                tenant.tenant().id(),
                new AuditEntry(
                        3,
                        third.at(),
                        "user:eve",
                        third.action(),
                        third.target(),
                        third.requestId(),
                        third.before(),
                        third.after(),
                        third.previousHash(),
                        ""));
        tamper("update audit_entry set actor = 'user:eve', hash = decode('" + forged.hash()
                + "', 'hex') where number = 3");
        broken(4, "entry 4 does not follow entry 3: one of them was replaced or moved");
    }

    @Test
    void entriesAreFoundByWhoWhatAndWhichInPages() {
        fill();
        tenant.run(() -> members.add(new NewMember("bea", Role.VIEWER)));
        assertThat(list(new AuditFilter(null, "cluster.*", null, null, null)))
                .extracting(AuditEntry::target)
                .containsExactly("cluster/c3", "cluster/c2", "cluster/c1", "cluster/c0");
        assertThat(list(new AuditFilter("user:ada", "member.add", "member/bea", null, null)))
                .hasSize(1);
        assertThat(list(new AuditFilter("user:eve", null, null, null, null))).isEmpty();
        AuditEntry latest = entries(tenant).getFirst();
        assertThat(list(new AuditFilter(null, null, null, latest.at().plusNanos(1000), null)))
                .isEmpty();
        assertThat(list(new AuditFilter(null, null, null, null, latest.at()))).doesNotContain(latest);

        var first = tenant.call(() -> log.list(AuditFilter.ALL, new PageRequest(4, null)));
        var second = tenant.call(() -> log.list(AuditFilter.ALL, PageRequest.parse(4, first.nextPageToken())));
        assertThat(first.items()).extracting(AuditEntry::number).containsExactly(7L, 6L, 5L, 4L);
        assertThat(second.items()).extracting(AuditEntry::number).containsExactly(3L, 2L, 1L);
        assertThat(second.nextPageToken()).isNull();
    }

    @Test
    void theApiExportsBothFormatsAndVerifies() {
        tenant.run(() -> clusters.create(new NewCluster("c", "=1+1", "a,\"b\"", null)));
        assertThat(get("/audit-entries:export?action=cluster.create"))
                .startsWith("{\"number\":3,\"at\":\"")
                .contains("\"after\":{\"environment\":\"a,\\\"b\\\"\",\"labels\":{},\"name\":\"=1+1\"}")
                .endsWith("}\n");
        assertThat(get("/audit-entries:export?format=csv&action=cluster.create"))
                .startsWith("number,at,actor,action,target,requestId,before,after,previousHash,hash\r\n3,")
                .contains(
                        ",\"{\"\"environment\"\":\"\"a,\\\"\"b\\\"\"\"\",\"\"labels\"\":{},\"\"name\"\":\"\"=1+1\"\"}\",");
        rest.post()
                .uri(tenant.path("/audit-log:verify"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.intact")
                .isEqualTo(true)
                .jsonPath("$.entries")
                .isEqualTo(3);
    }

    @Test
    void anAnswersRequestIdIsTheEntrys() {
        String id = rest.post()
                .uri(tenant.path("/clusters"))
                .header("Authorization", tenant.bearer())
                .body(Map.of("slug", "asked"))
                .exchange()
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst("X-Request-Id");
        assertThat(entries(tenant).getFirst().requestId()).isEqualTo(id).startsWith("urn:uuid:");
    }

    private String get(String path) {
        return rest.get()
                .uri(tenant.path(path))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();
    }

    /** Six entries: the member and the token of the fixture, and four clusters. */
    private void fill() {
        for (int i = 0; i < 4; i++) {
            String slug = "c" + i;
            tenant.run(() -> clusters.create(new NewCluster(slug)));
        }
        assertThat(verify(tenant).entries()).isEqualTo(6);
    }

    private void broken(long number, String reason) {
        Verification found = verify(tenant);
        assertThat(found.broken()).isEqualTo(new Verification.Broken(number, reason));
        assertThat(found.entries()).isEqualTo(number - 1);
    }

    /** As the owner of the tables, for whom row-level security is lifted within the transaction. */
    private void tamper(String statement) {
        JdbcClient asOwner = JdbcClient.create(owner);
        new TransactionTemplate(new DataSourceTransactionManager(owner)).executeWithoutResult(status -> {
            asOwner.sql("alter table audit_entry no force row level security").update();
            asOwner.sql(statement + " and tenant_id = '" + tenant.tenant().id().value() + "'")
                    .update();
            asOwner.sql("alter table audit_entry force row level security").update();
        });
    }

    private List<AuditEntry> entries(TestTenant of) {
        return of.call(() -> log.list(AuditFilter.ALL, new PageRequest(200, null)))
                .items();
    }

    private List<AuditEntry> list(AuditFilter filter) {
        return tenant.call(() -> log.list(filter, new PageRequest(200, null))).items();
    }

    private Verification verify(TestTenant of) {
        return of.call(log::verify);
    }
}
