package io.lightvessel.stack;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface StackRevisionRepository extends JpaRepository<StackRevisionEntity, UUID> {

    Optional<StackRevisionEntity> findFirstByClusterIdOrderByNumberDesc(UUID clusterId);

    Optional<StackRevisionEntity> findByClusterIdAndNumber(UUID clusterId, int number);

    List<RevisionSummary> findByClusterIdAndNumberLessThanOrderByNumberDesc(UUID clusterId, int before, Limit limit);
}
