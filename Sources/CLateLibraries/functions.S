#include "CLateLibraries.h"

// For each function of a library that is loaded late a stand-in of its name: a jump through a variable, which leads to
// the loading at first, and then to the function itself.

	.macro late library, names:vararg
	.irp name, \names

	.section .data.fp_late.\name, "aw", %progbits
	.p2align 3
.Lfunction_\name:
	.quad .Lfirst_\name, .Lname_\name, \library

	.section .rodata.fp_late.\name, "a", %progbits
.Lname_\name:
	.asciz "\name"

	.section .text.fp_late.\name, "ax", %progbits
	.p2align 4
	.globl \name
	.hidden \name
	.type \name, %function
\name:
#if defined(__x86_64__)
	jmpq *.Lfunction_\name(%rip)
.Lfirst_\name:
	leaq .Lfunction_\name(%rip), %r11
	jmp .Lload
#elif defined(__aarch64__)
	adrp x16, .Lfunction_\name
	ldr x17, [x16, :lo12:.Lfunction_\name]
	br x17
.Lfirst_\name:
	adrp x16, .Lfunction_\name
	add x16, x16, :lo12:.Lfunction_\name
	b .Lload
#endif
	.size \name, . - \name

	.endr
	.endm

// Keeps all registers in which arguments are passed, gets the function's address, and goes there.

	.text
	.p2align 4
.Lload:
	.cfi_startproc
#if defined(__x86_64__)
	pushq %rbp
	.cfi_def_cfa %rsp, 16
	.cfi_offset %rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register %rbp
	// Seven registers, eight of 16 bytes, and 8 that align.
	subq $192, %rsp
	movq %rdi, (%rsp)
	movq %rsi, 8(%rsp)
	movq %rdx, 16(%rsp)
	movq %rcx, 24(%rsp)
	movq %r8, 32(%rsp)
	movq %r9, 40(%rsp)
	// How many registers of the second kind a variadic function is given.
	movq %rax, 48(%rsp)
	movaps %xmm0, 64(%rsp)
	movaps %xmm1, 80(%rsp)
	movaps %xmm2, 96(%rsp)
	movaps %xmm3, 112(%rsp)
	movaps %xmm4, 128(%rsp)
	movaps %xmm5, 144(%rsp)
	movaps %xmm6, 160(%rsp)
	movaps %xmm7, 176(%rsp)
	movq %r11, %rdi
	callq fp_late_first
	movq %rax, %r11
	movq (%rsp), %rdi
	movq 8(%rsp), %rsi
	movq 16(%rsp), %rdx
	movq 24(%rsp), %rcx
	movq 32(%rsp), %r8
	movq 40(%rsp), %r9
	movq 48(%rsp), %rax
	movaps 64(%rsp), %xmm0
	movaps 80(%rsp), %xmm1
	movaps 96(%rsp), %xmm2
	movaps 112(%rsp), %xmm3
	movaps 128(%rsp), %xmm4
	movaps 144(%rsp), %xmm5
	movaps 160(%rsp), %xmm6
	movaps 176(%rsp), %xmm7
	leave
	.cfi_def_cfa %rsp, 8
	jmpq *%r11
#elif defined(__aarch64__)
	stp x29, x30, [sp, #-224]!
	.cfi_def_cfa_offset 224
	.cfi_offset x29, -224
	.cfi_offset x30, -216
	mov x29, sp
	stp x0, x1, [sp, #16]
	stp x2, x3, [sp, #32]
	stp x4, x5, [sp, #48]
	stp x6, x7, [sp, #64]
	str x8, [sp, #80]
	stp q0, q1, [sp, #96]
	stp q2, q3, [sp, #128]
	stp q4, q5, [sp, #160]
	stp q6, q7, [sp, #192]
	mov x0, x16
	bl fp_late_first
	mov x17, x0
	ldp x0, x1, [sp, #16]
	ldp x2, x3, [sp, #32]
	ldp x4, x5, [sp, #48]
	ldp x6, x7, [sp, #64]
	ldr x8, [sp, #80]
	ldp q0, q1, [sp, #96]
	ldp q2, q3, [sp, #128]
	ldp q4, q5, [sp, #160]
	ldp q6, q7, [sp, #192]
	ldp x29, x30, [sp], #224
	.cfi_def_cfa_offset 0
	br x17
#else
#error "there are stand-ins for x86_64 and aarch64 only"
#endif
	.cfi_endproc

late FP_LATE_AVCODEC, av_packet_alloc, av_packet_free, av_packet_rescale_ts, av_packet_unref, avcodec_alloc_context3, \
	avcodec_find_decoder, avcodec_find_encoder, avcodec_find_encoder_by_name, avcodec_free_context, avcodec_open2, \
	avcodec_parameters_from_context, avcodec_parameters_to_context, avcodec_receive_frame, avcodec_receive_packet, \
	avcodec_send_frame, avcodec_send_packet

late FP_LATE_AVDEVICE, avdevice_register_all

late FP_LATE_AVFORMAT, av_find_best_stream, av_find_input_format, av_interleaved_write_frame, av_read_frame, \
	av_stream_get_side_data, av_write_trailer, avformat_alloc_context, avformat_alloc_output_context2, \
	avformat_close_input, avformat_find_stream_info, avformat_free_context, avformat_network_init, avformat_new_stream, \
	avformat_open_input, avformat_write_header, avio_alloc_context, avio_closep, avio_context_free, avio_open

late FP_LATE_AVUTIL, av_d2q, av_dict_free, av_dict_set, av_display_rotation_get, av_frame_alloc, av_frame_free, \
	av_frame_get_buffer, av_frame_make_writable, av_free, av_log_set_level, av_malloc, av_max_alloc, av_opt_set_int, \
	av_strerror

late FP_LATE_CAIRO, cairo_arc, cairo_create, cairo_destroy, cairo_fill, cairo_image_surface_create, \
	cairo_image_surface_get_data, cairo_image_surface_get_stride, cairo_move_to, cairo_new_sub_path, cairo_rectangle, \
	cairo_select_font_face, cairo_set_font_size, cairo_set_line_join, cairo_set_line_width, cairo_set_source_rgb, \
	cairo_set_source_rgba, cairo_show_text, cairo_status, cairo_status_to_string, cairo_stroke, cairo_stroke_preserve, \
	cairo_surface_destroy, cairo_surface_flush, cairo_surface_mark_dirty, cairo_text_extents

late FP_LATE_CURL, curl_easy_cleanup, curl_easy_getinfo, curl_easy_init, curl_easy_perform, curl_easy_setopt, \
	curl_easy_strerror, curl_global_init, curl_slist_append, curl_slist_free_all

late FP_LATE_DNNL, dnnl_batch_normalization_backward_desc_init, dnnl_batch_normalization_forward_desc_init, \
	dnnl_binary_desc_init, dnnl_concat_primitive_desc_create, dnnl_convolution_backward_data_desc_init, \
	dnnl_convolution_backward_weights_desc_init, dnnl_convolution_forward_desc_init, dnnl_data_type_size, \
	dnnl_eltwise_backward_desc_init, dnnl_eltwise_forward_desc_init, dnnl_engine_create, dnnl_engine_destroy, \
	dnnl_get_effective_cpu_isa, dnnl_inner_product_backward_data_desc_init, \
	dnnl_inner_product_backward_weights_desc_init, dnnl_inner_product_forward_desc_init, dnnl_matmul_desc_init, \
	dnnl_memory_create, dnnl_memory_desc_equal, dnnl_memory_desc_get_size, dnnl_memory_desc_init_by_tag, \
	dnnl_memory_desc_init_submemory, dnnl_memory_destroy, dnnl_memory_get_data_handle, \
	dnnl_pooling_backward_desc_init, dnnl_pooling_forward_desc_init, dnnl_post_ops_append_binary, \
	dnnl_post_ops_append_eltwise, dnnl_post_ops_create, dnnl_post_ops_destroy, dnnl_primitive_attr_create, \
	dnnl_primitive_attr_destroy, dnnl_primitive_attr_set_output_scales, dnnl_primitive_attr_set_post_ops, \
	dnnl_primitive_attr_set_scratchpad_mode, dnnl_primitive_create, dnnl_primitive_desc_create, \
	dnnl_primitive_desc_destroy, dnnl_primitive_desc_query, dnnl_primitive_desc_query_md, dnnl_primitive_destroy, \
	dnnl_primitive_execute, dnnl_reorder_primitive_desc_create, dnnl_stream_create, dnnl_stream_destroy, \
	dnnl_stream_wait, dnnl_sum_primitive_desc_create, dnnl_version

late FP_LATE_GMODULE, g_module_make_resident, g_module_open

late FP_LATE_GOBJECT, g_object_unref, g_signal_connect_data

late FP_LATE_HDF5, H5Aclose, H5Acreate2, H5Aexists, H5Aget_space, H5Aget_type, H5Aopen, H5Aread, H5Awrite, \
	H5check_version, H5Dclose, H5Dcreate2, H5Dget_create_plist, H5Dget_space, H5Dget_storage_size, H5Dget_type, H5Dopen2, \
	H5Dread, H5Dvlen_reclaim, H5Dwrite, H5Eset_auto2, H5Fclose, H5Fcreate, H5Fflush, H5Fget_file_image, H5Fopen, \
	H5Gclose, H5Gcreate2, H5Gopen2, H5Lexists, H5Lunregister, H5Ocopy, H5open, H5Pclose, H5Pcreate, \
	H5Pget_external_count, H5Pset_fapl_core, H5Pset_layout, H5Pset_obj_track_times, H5Sclose, H5Screate, \
	H5Screate_simple, H5Sget_simple_extent_dims, H5Sget_simple_extent_ndims, H5Sget_simple_extent_npoints, H5Tclose, \
	H5Tcopy, H5Tget_class, H5Tget_size, H5Tis_variable_str, H5Tset_cset, H5Tset_size, H5Tset_strpad

late FP_LATE_LAPACKE, LAPACKE_dsyevr

late FP_LATE_MICROHTTPD, MHD_add_response_header, MHD_create_post_processor, MHD_create_response_from_buffer, \
	MHD_destroy_post_processor, MHD_destroy_response, MHD_get_connection_info, MHD_get_connection_values, \
	MHD_get_daemon_info, MHD_lookup_connection_value, MHD_post_process, MHD_queue_response, MHD_quiesce_daemon, \
	MHD_resume_connection, MHD_start_daemon, MHD_stop_daemon, MHD_suspend_connection

late FP_LATE_OPENVINO, ov_available_devices_free, ov_compiled_model_create_infer_request, ov_compiled_model_free, \
	ov_compiled_model_get_property, ov_compiled_model_output_by_name, ov_compiled_model_outputs_size, \
	ov_core_compile_model_from_file_props, ov_core_compile_model_props, ov_core_create, ov_core_get_available_devices, \
	ov_core_get_property, ov_core_read_model, ov_free, ov_get_last_err_msg, ov_infer_request_free, \
	ov_infer_request_get_output_tensor_by_index, ov_infer_request_get_tensor, ov_infer_request_infer, \
	ov_infer_request_set_input_tensor, ov_model_free, ov_model_reshape_single_input, ov_output_const_port_free, \
	ov_partial_shape_create, ov_partial_shape_free, ov_tensor_create, ov_tensor_data, ov_tensor_free, \
	ov_tensor_get_element_type, ov_tensor_get_size

late FP_LATE_PQ, PQclear, PQcmdStatus, PQconnectdb, PQconnectPoll, PQconnectStartParams, PQconninfoFree, \
	PQconninfoParse, PQerrorMessage, PQexec, PQfinish, PQfreemem, PQftype, PQgetisnull, PQgetlength, PQgetResult, \
	PQgetvalue, PQntuples, PQprepare, PQresultErrorField, PQresultStatus, PQsendQueryPrepared, PQsetErrorVerbosity, \
	PQsetNoticeProcessor, PQsetSingleRowMode, PQsocket, PQstatus, PQtransactionStatus

late FP_LATE_SVM, svm_free_and_destroy_model, svm_predict, svm_predict_probability, svm_predict_values, \
	svm_set_print_string_function, svm_train

late FP_LATE_SWSCALE, sws_freeContext, sws_getCachedContext, sws_getCoefficients, sws_scale, sws_setColorspaceDetails

late FP_LATE_VIPS, vips_affine, vips_area_unref, vips_array_double_newv, vips_array_int_newv, vips_autorot, \
	vips_block_untrusted_set, vips_cache_set_max, vips_cast, vips_colourspace, vips_concurrency_set, vips_copy, \
	vips_error, vips_error_buffer_copy, vips_error_clear, vips_extract_band, vips_flatten, vips_foreign_find_load_buffer, \
	vips_icc_transform, vips_image_copy_memory, vips_image_get_bands, vips_image_get_blob, vips_image_get_format, \
	vips_image_get_height, vips_image_get_orientation, vips_image_get_typeof, vips_image_get_width, \
	vips_image_guess_interpretation, vips_image_new_from_buffer, vips_image_new_from_memory, \
	vips_image_new_from_memory_copy, vips_image_set_blob_copy, vips_image_set_int, vips_image_set_kill, \
	vips_image_set_progress, vips_image_write, vips_image_write_to_buffer, vips_init, vips_interpolate_new, vips_mapim, \
	vips_operation_block_set, vips_resize, vips_shrink, vips_type_find, vips_vector_set_enabled, vips_version

	.section .note.GNU-stack, "", %progbits
