package io.lightvessel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource(Token.Kind.class)
    void mintedTokenIsReadBack(Token.Kind kind) {
        for (int i = 0; i < 200; i++) {
            Token token = Token.mint(kind, random);
            assertThat(Token.parse(token.text())).isEqualTo(token);
            assertThat(token.text()).startsWith(kind.prefix() + "_").hasSize(58);
        }
    }

    @Test
    void onlyTheOwnSecretMatchesTheStoredHash() {
        Token token = Token.mint(Token.Kind.ENROLLMENT, random);
        Token other = new Token(
                token.kind(),
                token.id(),
                Token.mint(Token.Kind.ENROLLMENT, random).secret());
        assertThat(token.secretHash()).hasSize(32);
        assertThat(token.matches(token.secretHash())).isTrue();
        assertThat(other.matches(token.secretHash())).isFalse();
        assertThat(token.matches(new byte[0])).isFalse();
    }

    @Test
    void secretNeverShowsInText() {
        Token token = Token.mint(Token.Kind.AGENT_CREDENTIAL, random);
        assertThat(token).hasToString("agent_credential token lva_" + token.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lve",
                "lvx_abcdefghij_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "lve_abcdefghij_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "lve_ABCDEFGHIJ_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "lve_abcdefghij_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                " lve_abcdefghij_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void malformedTokenIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Token.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token: " + text.length() + " characters that are no token (expected: lve_, lva_ or lvp_, "
                        + "an id of 10 characters, _ and a secret of 43 characters)");
    }
}
