/// Tests of whole processes and clusters, and of the directions between modules.
package dev.tenon.system;
