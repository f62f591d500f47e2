package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractFiles;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A contract with one operation for each thing that the edge does.
final class ThingsContract {

  static final String YAML = """
      openapi: 3.1.0
      info: { title: things, version: 1.0.0 }
      security: [ { token: [] } ]
      paths:
        /things/open:
          get:
            operationId: open
            security: []
            responses:
              '200': { description: fine, content: { text/plain: { schema: { type: string } } } }
              default: { $ref: '#/components/responses/Problem' }
        /things/{thingId}:
          get:
            operationId: readThing
            parameters:
              - { name: thingId, in: path, required: true, schema: { type: integer, minimum: 1 } }
              - { name: size, in: query, required: true, schema: { type: string, enum: [small, large] } }
              - { name: tags, in: query, schema: { type: array, maxItems: 2, items: { type: string, maxLength: 5 } } }
              - { name: near, in: query, explode: false, schema: { type: array, items: { type: number } } }
              - { name: x-depth, in: header, schema: { type: integer } }
            responses:
              '200': { $ref: '#/components/responses/Thing' }
              '404': { $ref: '#/components/responses/Problem' }
          delete:
            operationId: deleteThing
            security: [ { token: [ things.write, things.delete ] } ]
            parameters: [ { name: thingId, in: path, required: true, schema: { type: integer } } ]
            responses: { '204': { description: gone } }
        /things:
          post:
            operationId: makeThing
            x-tenon-body-bytes-max: 4000000
            requestBody:
              required: true
              content:
                application/json: { schema: { $ref: '#/components/schemas/Thing' } }
            responses:
              '201': { $ref: '#/components/responses/Thing' }
              default: { $ref: '#/components/responses/Problem' }
        /things/upload:
          post:
            operationId: uploadThing
            x-tenon-body-bytes-max: 300000
            requestBody: { required: true, content: { image/png: {}, image/jpeg: {} } }
            responses:
              '200': { description: it, content: { image/png: {} } }
              default: { $ref: '#/components/responses/Problem' }
        /things/{thingId}/socket:
          get:
            operationId: talk
            parameters: [ { name: thingId, in: path, required: true, schema: { type: integer } } ]
            responses:
              '101': { description: a WebSocket }
              default: { $ref: '#/components/responses/Problem' }
        /things/events:
          get:
            operationId: events
            responses: { '200': { description: events, content: { text/event-stream: { schema: { type: string } } } } }
      components:
        securitySchemes: { token: { type: http, scheme: bearer } }
        schemas:
          Thing:
            type: object
            additionalProperties: false
            required: [name]
            properties:
              name: { type: string, minLength: 1, maxLength: 1000000 }
              slow: { type: string, format: meets-others }
              parts: { type: array, maxItems: 3, items: { $ref: '#/components/schemas/Thing' } }
        responses:
          Thing:
            description: a thing
            headers: { X-Count: { required: false, schema: { type: integer } } }
            content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
          Problem:
            description: a problem
            content: { application/problem+json: { schema: { type: object, required: [type, status], properties: { status: { type: integer } } } } }
      """;

  private ThingsContract() {}

  static Contract contract() {
    return Contract.parse("things", YAML);
  }

  /// The same, where a text of the format `meets-others` is valid once `others` of them are being checked at the same time, and not before.
  static Contract contractWhereValidationsMeet(int others) {
    CyclicBarrier barrier = new CyclicBarrier(others);
    return Contract.load("things", "things.yaml", ContractFiles.of(Map.of("things.yaml", YAML)), Map.of("meets-others", text -> {
      try {
        barrier.await(25, TimeUnit.SECONDS);
        return true;
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        return false;
      }
    }));
  }
}
