package io.lightvessel.cluster;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface ClusterRepository extends JpaRepository<ClusterEntity, UUID> {

    Optional<ClusterEntity> findBySlug(String slug);

    boolean existsBySlug(String slug);

    List<ClusterEntity> findBySlugGreaterThanOrderBySlug(String after, Limit limit);
}
