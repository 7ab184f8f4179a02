package io.lightvessel.stack;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface StackRevisionRepository extends JpaRepository<StackRevisionEntity, UUID> {

    Optional<StackRevisionEntity> findFirstByClusterIdOrderByNumberDesc(UUID clusterId);

    /** The latest that needed nobody's approval or has it. */
    @Query(nativeQuery = true, value = """
            select r.* from stack_revision r
            where r.cluster_id = ?1
              and not exists (select from stack_approval a
                              where a.cluster_id = r.cluster_id and a.number = r.number and a.state <> 'APPROVED')
            order by r.number desc limit 1""")
    Optional<StackRevisionEntity> findReleased(UUID clusterId);

    Optional<StackRevisionEntity> findByClusterIdAndNumber(UUID clusterId, int number);

    List<RevisionSummary.Row> findByClusterIdAndNumberLessThanOrderByNumberDesc(
            UUID clusterId, int before, Limit limit);
}
