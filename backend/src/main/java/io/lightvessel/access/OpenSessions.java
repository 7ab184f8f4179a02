package io.lightvessel.access;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Browsers' sessions by id, so that one can be ended from outside of it. */
@Component
class OpenSessions implements HttpSessionListener, HttpSessionIdListener {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
    private final Map<String, HttpSession> sessions = new ConcurrentHashMap<>();

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        sessions.put(event.getSession().getId(), event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        sessions.remove(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        sessions.remove(oldId);
        sessions.put(event.getSession().getId(), event.getSession());
    }

    /** False when it was over already. */
    boolean end(String id) {
        HttpSession session = sessions.remove(id);
        if (session == null) {
            return false;
        }
        try {
            session.invalidate();
            return true;
        } catch (IllegalStateException e) {
            LOG.debug("session ended by two at once", e);
            return false;
        }
    }

    int count() {
        return sessions.size();
    }
}
