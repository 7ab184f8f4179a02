package io.lightvessel.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ApiTokenRepository extends JpaRepository<ApiTokenEntity, UUID> {

    Optional<ApiTokenEntity> findByPublicId(String publicId);

    List<ApiTokenEntity> findByPublicIdGreaterThanOrderByPublicId(String after, Limit limit);

    @Modifying
    @Query("update ApiTokenEntity t set t.lastUsedAt = :now where t.publicId = :publicId")
    int markUsed(String publicId, Instant now);
}
