import type { ReactElement } from 'react';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { type GraphEdge, useEdgeMetrics, useLive } from './model';

export function FlowEdge(props: EdgeProps<Edge<GraphEdge>>): ReactElement {
  const metrics = useEdgeMetrics(props.id);
  const live = useLive();
  const [path, labelX, labelY] = getBezierPath(props);
  const dropping = Boolean(metrics?.drops);
  const state = dropping ? 'dropping' : metrics?.flowing ? 'flowing' : 'idle';
  return (
    <>
      <BaseEdge
        path={path}
        className={`topology-edge ${live ? 'live' : ''} ${props.selected ? 'selected' : ''}`}
        style={{ strokeWidth: metrics?.width ?? 1.5 }}
        data-state={state}
      />
      <EdgeLabelRenderer>
        <div
          className={`topology-edge-label nodrag nopan ${props.selected ? 'selected' : ''}`}
          data-state={state}
          data-testid={`edge-${props.id}`}
          style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
        >
          <span className="topology-edge-rate">{metrics?.records ?? '–'}</span>
          {metrics?.flowing ? <span className="topology-edge-bytes">{metrics.bytes}</span> : null}
          {dropping ? <span className="topology-edge-drops">▲ {metrics?.drops}</span> : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}
