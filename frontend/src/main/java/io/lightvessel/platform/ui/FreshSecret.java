package io.lightvessel.platform.ui;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import java.util.Optional;

/** Carries a secret from the dialog that made it to the page that shows it, once, and only in the same browser tab. */
public record FreshSecret(String tokenId, String secret) {

    public static void keep(UI ui, String tokenId, String secret) {
        ComponentUtil.setData(ui, FreshSecret.class, new FreshSecret(tokenId, secret));
    }

    /** The secret of this token if it was just made; afterwards it is gone. */
    public static Optional<String> take(UI ui, String tokenId) {
        FreshSecret kept = ComponentUtil.getData(ui, FreshSecret.class);
        if (kept == null || !kept.tokenId.equals(tokenId)) {
            return Optional.empty();
        }
        ComponentUtil.setData(ui, FreshSecret.class, null);
        return Optional.of(kept.secret);
    }

    @Override
    public String toString() {
        return "FreshSecret[" + tokenId + "]";
    }
}
