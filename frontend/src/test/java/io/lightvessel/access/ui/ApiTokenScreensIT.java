package io.lightvessel.access.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.access.ApiToken;
import io.lightvessel.access.ApiTokenAuthenticator;
import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.tenancy.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** API tokens: none yet, made and shown once, used, revoked, and not for everybody. */
class ApiTokenScreensIT extends ConsoleTest {
    @Autowired
    private ApiTokens apiTokens;

    @Autowired
    private ApiTokenAuthenticator authenticator;

    @Test
    @SignedInAs(organisations = "console-no-tokens")
    void whereThereIsNoneItIsSaidWhatOneIsFor() {
        org("console-no-tokens");
        open("o/console-no-tokens/api-tokens");
        assertThat(texts(EmptyState.class)).contains("No API tokens yet").contains("Create token");
        byId(Button.class, "new-first-api-token").click();
        assertThat(find(Dialog.class).withId("api-token-dialog").exists()).isTrue();
    }

    @Test
    @SignedInAs(organisations = "console-tokens")
    @SuppressWarnings("unchecked")
    void aTokenIsShownOnceAndWorks() {
        Org org = org("console-tokens");
        String name = "ci " + UUID.randomUUID();
        open("o/console-tokens/api-tokens");
        byId(Button.class, "new-api-token").click();
        byId(Button.class, "api-token-create").click();
        assertThat(byId(TextField.class, "api-token-name").getErrorMessage()).contains("expected: 1 to 80 characters");
        byId(TextField.class, "api-token-name").setValue(name);
        ((Select<Role>) byId(Select.class, "api-token-role")).setValue(Role.EDITOR);
        byId(Button.class, "api-token-create").click();

        String text = textOf(byId(CodeBlock.class, "api-token-text")).strip();
        assertThat(text).startsWith("lvp_");
        assertThat(authenticator.authenticate(text).role()).isEqualTo(Role.EDITOR);
        assertThat(authenticator.authenticate(text).person()).isEqualTo("ada");
        ApiToken stored = stored(org, name);
        assertThat(stored.expiresAt()).isNotNull();
        byId(Button.class, "api-token-done").click();
        assertThat(find(CodeBlock.class).withId("api-token-text").exists()).isFalse();
        assertThat(grid().getGenericDataView().getItems().map(ApiToken::name)).contains(name);
    }

    @Test
    @SignedInAs(organisations = "console-tokens")
    void aTokenIsRevokedAfterAskingOnce() {
        Org org = org("console-tokens");
        String name = "old " + UUID.randomUUID();
        org.call(() -> apiTokens.create(new NewApiToken(name, Role.VIEWER, null)));
        open("o/console-tokens/api-tokens");
        GridTester<Grid<ApiToken>, ApiToken> rows = test(grid());
        int row = 0;
        while (!rows.getRow(row).name().equals(name)) {
            row++;
        }
        ((Button) rows.getCellComponent(row, 8)).click();
        assertThat(stored(org, name).revokedAt()).isNull();
        test(byId(ConfirmDialog.class, "confirm-dialog")).confirm();
        assertThat(stored(org, name).revokedAt()).isNotNull();
    }

    @Test
    @SignedInAs(value = "eve", organisations = "console-tokens")
    void anEditorSeesWhyNot() {
        Org org = org("console-tokens");
        member(org.tenant(), "eve", Role.EDITOR);
        open("o/console-tokens/api-tokens");
        assertThat(textOf(byId(Main.class, "main"))).contains("Looking at API tokens needs the role admin.");
        assertThat(find(Grid.class).all()).isEmpty();
    }

    @Test
    @SignedInAs(value = "kim", organisations = "console-tokens")
    @SuppressWarnings("unchecked")
    void nobodyIsOfferedARoleAboveTheirOwn() {
        Org org = org("console-tokens");
        member(org.tenant(), "kim", Role.ADMIN);
        open("o/console-tokens/api-tokens");
        byId(Button.class, "new-api-token").click();
        assertThat(((Select<Role>) byId(Select.class, "api-token-role"))
                        .getListDataView()
                        .getItems())
                .containsExactlyElementsOf(List.of(Role.VIEWER, Role.EDITOR, Role.ADMIN));
    }

    private ApiToken stored(Org org, String name) {
        return org.call(() -> apiTokens.list(new PageRequest(200, null))).items().stream()
                .filter(token -> token.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Grid<ApiToken> grid() {
        return byId(Grid.class, "api-tokens-grid");
    }
}
