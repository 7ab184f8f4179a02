package io.lightvessel.onboarding.ui;

import io.lightvessel.onboarding.EnrollmentChanged;
import io.lightvessel.platform.ui.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Passes what happens to enrolment tokens on to open screens. */
@Component
class EnrollmentLive {

    private final LiveUpdates live;

    EnrollmentLive(LiveUpdates live) {
        this.live = live;
    }

    // A refused attempt may be announced outside of any transaction.
    @TransactionalEventListener(fallbackExecution = true)
    void on(EnrollmentChanged event) {
        live.changed(event.tenant());
    }
}
