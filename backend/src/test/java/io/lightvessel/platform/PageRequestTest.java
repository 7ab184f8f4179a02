package io.lightvessel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageRequestTest {

    @Test
    void aListThatCountsDownBeginsAboveEveryNumber() {
        assertThat(PageRequest.FIRST.before(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(PageRequest.parse(10, PageRequest.token("17")).before(Integer.MAX_VALUE))
                .isEqualTo(17);
    }

    @Test
    void aListByIdBeginsBeforeEveryId() {
        UUID id = UUID.randomUUID();
        assertThat(PageRequest.FIRST.afterId()).isEqualTo(new UUID(0, 0));
        assertThat(PageRequest.parse(10, PageRequest.token(id.toString())).afterId())
                .isEqualTo(id);
        assertThatThrownBy(PageRequest.parse(10, PageRequest.token("17"))::afterId)
                .hasMessage("pageToken: MTc (expected: a nextPageToken of this list)");
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        PageRequest request = PageRequest.parse(10, PageRequest.token("prod"));

        assertThatThrownBy(() -> request.before(Integer.MAX_VALUE))
                .isInstanceOfSatisfying(
                        LightvesselException.class,
                        e -> assertThat(e.error()).isEqualTo(PlatformError.MALFORMED_REQUEST))
                .hasMessage("pageToken: cHJvZA (expected: a nextPageToken of this list)");
    }
}
