package io.lightvessel.tenancy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface TenantRepository extends JpaRepository<TenantEntity, UUID> {

    Optional<TenantEntity> findBySlug(String slug);

    List<TenantEntity> findBySlugGreaterThanOrderBySlug(String after, Limit limit);

    List<TenantEntity> findBySlugInOrderBySlug(Collection<String> slugs);
}
