import type { ReactElement } from 'react';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { type GraphEdge, useEdgeMetrics, useLive } from './model';

/** The point at a share of the way along the curve that getBezierPath draws from left to right. */
function pointAt({ sourceX, sourceY, targetX, targetY }: EdgeProps, t: number): [number, number] {
  const middle = (sourceX + targetX) / 2;
  const r = 1 - t;
  const x = r ** 3 * sourceX + 3 * r * t * middle + t ** 3 * targetX;
  const y = (r ** 3 + 3 * r * r * t) * sourceY + (3 * r * t * t + t ** 3) * targetY;
  return [x, y];
}

export function FlowEdge(props: EdgeProps<Edge<GraphEdge>>): ReactElement {
  const metrics = useEdgeMetrics(props.id);
  const live = useLive();
  const [path] = getBezierPath(props);
  const [labelX, labelY] = pointAt(props, props.data?.labelAt ?? 0.5);
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
